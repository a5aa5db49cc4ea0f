import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, LookFirst } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { Ledger } from '../domain/ledger.ts';
import type { AccountView, DueChange, EntryPage } from '../domain/ledger.ts';
import type { ChangeAnswer, LedgerPlan } from '../domain/ledger-plan.ts';
import { planChanges } from '../domain/plan-changes.ts';
import type { ArrivingChange } from '../domain/plan-changes.ts';
import type { PointChange } from '../domain/point-change.ts';
import { planMemberships } from '../domain/plan-memberships.ts';
import type { MembershipAnswer, MembershipChange } from '../domain/plan-memberships.ts';
import { planReversals } from '../domain/plan-reversals.ts';
import type { FailedUse, ReversalAnswer } from '../domain/plan-reversals.ts';
import { FactOrigins } from './fact-origins.ts';
import { eventOfFact } from './point-events.ts';
import { findAccount, readHistory } from './read-accounts.ts';
import { lockAccounts, readEntries } from './read-ledger-facts.ts';
import { postponeWaiting, readDueWaiting } from './read-waiting.ts';
import { writeLedgerPlan } from './write-ledger-plan.ts';

/** The ledger in Point's own database: lock, read, decide in memory, write, all in one transaction. */
@Injectable()
export class StoredLedger extends Ledger {
  private readonly lookFirst = new LookFirst();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  apply(arriving: readonly ArrivingChange[], now: number): Promise<readonly ChangeAnswer[]> {
    const origins = new FactOrigins();
    for (const { change, origin } of arriving) origins.note(change, origin);
    const changes = arriving.map(({ change }) => change);
    return this.write(now, origins, async (tx, looksFirst) => {
      const asked = looksFirst ? changes.flatMap(namedDeals) : dealsToLookUp(changes);
      // One journey: the entries are read once the accounts are locked.
      const [accounts, dealEntries] = await Promise.all([
        lockAccounts(
          tx,
          changes.map(({ memberId }) => memberId),
        ),
        readEntries(tx, 'deal', asked),
      ]);
      return planChanges(arriving, { accounts, dealEntries }, now);
    });
  }

  reverse(failed: readonly FailedUse[], now: number): Promise<readonly ReversalAnswer[]> {
    const origins = new FactOrigins();
    for (const use of failed) origins.note(use, use.origin);
    return this.write(now, origins, async (tx) => {
      const dealIds = failed.map(({ dealId }) => dealId);
      const [accounts, dealEntries, reversals] = await Promise.all([
        lockAccounts(
          tx,
          failed.map(({ memberId }) => memberId),
        ),
        readEntries(tx, 'deal', dealIds),
        readEntries(tx, 'reversal', dealIds),
      ]);
      const reversed = new Set(reversals.keys());
      return planReversals(failed, { accounts, dealEntries, reversed }, now);
    });
  }

  changeMemberships(
    changes: readonly MembershipChange[],
    now: number,
  ): Promise<readonly MembershipAnswer[]> {
    const origins = new FactOrigins();
    for (const { memberId, origin } of changes) origins.note({ memberId }, origin);
    return this.write(now, origins, async (tx) => {
      const accounts = await lockAccounts(
        tx,
        changes.map(({ memberId }) => memberId),
      );
      return planMemberships(changes, accounts, now);
    });
  }

  dueWaiting(now: number, max: number): Promise<readonly DueChange[]> {
    return this.database.read((sql) => readDueWaiting(sql, now, max));
  }

  postpone(tried: readonly DueChange[], nextTryAt: number): Promise<void> {
    return this.database.transaction((tx) => postponeWaiting(tx, tried, nextTryAt));
  }

  findAccount(memberId: number): Promise<AccountView | null> {
    return this.database.read((sql) => findAccount(sql, memberId));
  }

  entriesOf(memberId: number, before: number | null, limit: number): Promise<EntryPage> {
    return this.database.read((sql) => readHistory(sql, memberId, before, limit));
  }

  private write<Answer>(
    now: number,
    origins: FactOrigins,
    plan: (tx: Transaction, looksFirst: boolean) => Promise<LedgerPlan<Answer>>,
  ): Promise<readonly Answer[]> {
    // Where there is no account there is no row to lock: another transaction may have entered the
    // same cause, or opened the same account, first. Read again, its entry is found.
    return this.lookFirst.attempt((looksFirst) =>
      this.database.transaction(async (tx) => {
        const planned = await plan(tx, looksFirst);
        await writeLedgerPlan(tx, planned, now);
        if (planned.facts.length > 0) {
          const told = planned.facts.map((fact) => eventOfFact(fact, origins.of(fact)));
          await this.outbox.append(tx, told);
        }
        return planned.answers;
      }),
    );
  }
}

/**
 * The deals whose entries a batch has to see. A use comes from its deal alone and once, so its entry's key may say that it
 * has come before: then all are read. Saves and cancels come twice as a rule, directly and with their event.
 */
function dealsToLookUp(changes: readonly PointChange[]): number[] {
  return changes.every(({ kind }) => kind === 'use') ? [] : changes.flatMap(namedDeals);
}

function namedDeals({ dealId, originalDealId }: PointChange): number[] {
  return originalDealId === null ? [dealId] : [dealId, originalDealId];
}
