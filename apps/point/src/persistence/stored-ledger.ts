import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, LookFirst } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { Ledger } from '../domain/ledger.ts';
import type { AccountView, DueChange, EntryPage } from '../domain/ledger.ts';
import type { ChangeAnswer, LedgerPlan } from '../domain/ledger-plan.ts';
import { planChanges } from '../domain/plan-changes.ts';
import type { ArrivingChange } from '../domain/plan-changes.ts';
import type { PointAccount } from '../domain/point-account.ts';
import type { PointChange } from '../domain/point-change.ts';
import { planMemberships } from '../domain/plan-memberships.ts';
import type { MembershipAnswer, MembershipChange } from '../domain/plan-memberships.ts';
import { planReversals } from '../domain/plan-reversals.ts';
import type { FailedUse, ReversalAnswer } from '../domain/plan-reversals.ts';
import { FactOrigins } from './fact-origins.ts';
import { KnownAccounts } from './known-accounts.ts';
import { eventOfFact } from './point-events.ts';
import { findAccount, readHistory } from './read-accounts.ts';
import { lockAccounts, readEntries } from './read-ledger-facts.ts';
import { postponeWaiting, readDueWaiting } from './read-waiting.ts';
import { writeLedgerPlan } from './write-ledger-plan.ts';

/**
 * The ledger in Point's own database: lock, read, decide in memory, write, all in one transaction. Uses of accounts that are
 * known are decided before it, and only written in it.
 */
@Injectable()
export class StoredLedger extends Ledger {
  private readonly lookFirst = new LookFirst();
  private readonly known = new KnownAccounts();

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
      const planned = looksFirst ? null : this.planOnKnown(arriving, now);
      if (planned !== null) return planned;
      const asked = looksFirst ? changes.flatMap(namedDeals) : dealsToLookUp(changes);
      // One journey: the entries are read once the accounts are locked.
      const [accounts, dealEntries] = await Promise.all([
        this.lock(tx, changes),
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
        this.lock(tx, failed),
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
      return planMemberships(changes, await this.lock(tx, changes), now);
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

  /** Locked until the transaction ends, and known from then on. */
  private async lock(
    tx: Transaction,
    of: readonly { readonly memberId: number }[],
  ): Promise<Map<number, PointAccount>> {
    const accounts = await lockAccounts(
      tx,
      of.map(({ memberId }) => memberId),
    );
    tx.afterCommit(() => this.known.remember(accounts.values()));
    return accounts;
  }

  /**
   * Uses of accounts as they were last seen; null where one is not known, or where not all are applied: only who looks may
   * refuse. Should an account have changed, its next sequence is in the ledger already: a duplicate, after which all is
   * done again with a look.
   */
  private planOnKnown(
    arriving: readonly ArrivingChange[],
    now: number,
  ): LedgerPlan<ChangeAnswer> | null {
    if (!areUses(arriving.map(({ change }) => change))) return null;
    const accounts = this.known.of(arriving.map(({ change }) => change.memberId));
    if (accounts === null) return null;
    const planned = planChanges(arriving, { accounts, dealEntries: new Map() }, now);
    return planned.answers.every(({ outcome }) => outcome === 'applied') ? planned : null;
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
        tx.afterCommit(() => this.known.remember([...planned.openedAccounts, ...planned.accounts]));
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
  return areUses(changes) ? [] : changes.flatMap(namedDeals);
}

function areUses(changes: readonly PointChange[]): boolean {
  return changes.every(({ kind }) => kind === 'use');
}

function namedDeals({ dealId, originalDealId }: PointChange): number[] {
  return originalDealId === null ? [dealId] : [dealId, originalDealId];
}
