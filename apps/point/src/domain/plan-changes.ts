import { decideChange } from './decide-change.ts';
import type { Decision, StandingDecision } from './decide-change.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { ChangeAnswer, LedgerPlan, PointFact, WaitingChange } from './ledger-plan.ts';
import { withEntry } from './point-account.ts';
import type { PointAccount } from './point-account.ts';
import type { Origin, PointChange } from './point-change.ts';

/** A change as it comes in. */
export interface ArrivingChange {
  readonly change: PointChange;
  /** True when it is tried again after having waited. */
  readonly hasWaited: boolean;
  /** True when it has waited as long as it may. */
  readonly waitedEnough: boolean;
  /** Absent: nobody's call, but the clock's. */
  readonly origin?: Origin | undefined;
}

/** What stands in the ledger before the batch: locked, and complete for its members and deals. */
export interface LedgerFacts {
  readonly accounts: ReadonlyMap<number, PointAccount>;
  /** Entries with cause `deal`, by the deal's id: those of the batch and of their originals. */
  readonly dealEntries: ReadonlyMap<number, LedgerEntry>;
}

/**
 * Decides a whole batch, one change after the other, in memory: each sees what those before it did.
 * A deal that is already decided gets its first answer again and changes nothing (P2).
 */
export function planChanges(
  arriving: readonly ArrivingChange[],
  facts: LedgerFacts,
  now: number,
): LedgerPlan<ChangeAnswer> {
  const batch = new Batch(facts, now);
  const answers = arriving.map((each) => batch.take(each));
  return { answers, ...batch.written() };
}

class Batch {
  private readonly accounts: Map<number, PointAccount>;
  private readonly dealEntries: Map<number, LedgerEntry>;
  private readonly changed = new Set<number>();
  private readonly entries: LedgerEntry[] = [];
  private readonly waiting = new Map<number, WaitingChange>();
  private readonly settled: number[] = [];
  private readonly told: PointFact[] = [];

  constructor(
    facts: LedgerFacts,
    private readonly now: number,
  ) {
    this.accounts = new Map(facts.accounts);
    this.dealEntries = new Map(facts.dealEntries);
  }

  take({ change, hasWaited, waitedEnough }: ArrivingChange): ChangeAnswer {
    const standing = this.dealEntries.get(change.dealId);
    if (standing) {
      if (hasWaited) this.settled.push(change.dealId);
      return firstAnswer(standing);
    }
    const account = this.accounts.get(change.memberId) ?? null;
    const decision = decideChange(change, {
      account,
      original: this.originalOf(change),
      waitedEnough,
    });
    if (decision.outcome === 'waiting') return this.wait(change, decision, hasWaited, account);
    if (hasWaited) this.settled.push(change.dealId);
    return firstAnswer(this.enter(change, decision, account));
  }

  written(): Omit<LedgerPlan<ChangeAnswer>, 'answers'> {
    return {
      entries: this.entries,
      openedAccounts: [],
      accounts: [...this.changed].map((memberId) => this.accounts.get(memberId)!),
      waiting: [...this.waiting.values()],
      settled: this.settled,
      facts: this.told,
    };
  }

  private originalOf(change: PointChange): StandingDecision | null {
    if (change.originalDealId === null) return null;
    return this.dealEntries.get(change.originalDealId) ?? null;
  }

  private wait(
    change: PointChange,
    decision: Extract<Decision, { outcome: 'refused' | 'void' | 'waiting' }>,
    hasWaited: boolean,
    account: PointAccount | null,
  ): ChangeAnswer {
    const waiting = { change, reason: decision.reason };
    if (!hasWaited && !this.waiting.has(change.dealId)) {
      this.waiting.set(change.dealId, waiting);
      this.told.push({ fact: 'waiting', waiting, at: this.now });
    }
    return {
      dealId: change.dealId,
      outcome: 'waiting',
      reason: decision.reason,
      balance: account?.balance ?? null,
    };
  }

  private enter(
    change: PointChange,
    decision: Exclude<Decision, { outcome: 'waiting' }>,
    account: PointAccount | null,
  ): LedgerEntry {
    const delta = decision.outcome === 'applied' ? decision.delta : 0;
    // A refusal leaves the account as it is: it takes no place in its history.
    const after =
      account === null || decision.outcome === 'refused' ? account : withEntry(account, delta);
    const entry: LedgerEntry = {
      cause: 'deal',
      causeId: change.dealId,
      memberId: change.memberId,
      kind: change.kind,
      outcome: decision.outcome as 'applied' | 'refused' | 'void',
      reason: decision.outcome === 'applied' ? null : decision.reason,
      delta,
      balanceAfter: after?.balance ?? null,
      sequence: after === account ? null : after!.sequence,
      decidedAt: this.now,
    };
    this.entries.push(entry);
    this.dealEntries.set(change.dealId, entry);
    if (after !== null && after !== account) {
      this.accounts.set(after.memberId, after);
      this.changed.add(after.memberId);
    }
    if (entry.outcome !== 'refused') this.told.push({ fact: 'changed', entry });
    return entry;
  }
}

/** What an entry answers, now and whenever its deal is asked about again. */
export function firstAnswer(entry: LedgerEntry): ChangeAnswer {
  return {
    dealId: entry.causeId,
    outcome: entry.outcome === 'tombstone' ? 'refused' : entry.outcome,
    reason: entry.reason,
    balance: entry.balanceAfter,
  };
}
