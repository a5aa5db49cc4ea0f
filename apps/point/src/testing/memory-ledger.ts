import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { ChangeAnswer, LedgerPlan } from '../domain/ledger-plan.ts';
import { planChanges } from '../domain/plan-changes.ts';
import { planMemberships } from '../domain/plan-memberships.ts';
import type { MembershipAnswer, MembershipChange } from '../domain/plan-memberships.ts';
import { planReversals } from '../domain/plan-reversals.ts';
import type { FailedUse, ReversalAnswer } from '../domain/plan-reversals.ts';
import type { PointAccount } from '../domain/point-account.ts';
import type { PointChange } from '../domain/point-change.ts';

/** Tables in memory that carry plans out and refuse what a database would refuse. */
export class MemoryLedger {
  readonly accounts = new Map<number, PointAccount>();
  readonly entries: LedgerEntry[] = [];
  readonly waiting = new Map<number, PointChange>();
  #now = 0;

  apply(changes: readonly PointChange[], waited = { hasWaited: false, waitedEnough: false }) {
    const arriving = changes.map((change) => ({ change, ...waited }));
    const facts = { accounts: this.accounts, dealEntries: this.entriesOf('deal') };
    return this.carryOut<ChangeAnswer>(planChanges(arriving, facts, ++this.#now));
  }

  reverse(failed: readonly FailedUse[]): readonly ReversalAnswer[] {
    const reversed = new Set(this.entriesOf('reversal').keys());
    const facts = { accounts: this.accounts, dealEntries: this.entriesOf('deal'), reversed };
    return this.carryOut(planReversals(failed, facts, ++this.#now));
  }

  changeMemberships(changes: readonly MembershipChange[]): readonly MembershipAnswer[] {
    return this.carryOut(planMemberships(changes, this.accounts, ++this.#now));
  }

  /** Tries everything that waits, until nothing moves any more. */
  retryAll(): void {
    for (let before = -1; before !== this.waiting.size;) {
      before = this.waiting.size;
      const due = [...this.waiting.values()];
      if (due.length > 0) this.apply(due, { hasWaited: true, waitedEnough: false });
    }
  }

  private entriesOf(cause: LedgerEntry['cause']): Map<number, LedgerEntry> {
    const found = this.entries.filter((entry) => entry.cause === cause);
    return new Map(found.map((entry) => [entry.causeId, entry]));
  }

  private carryOut<Answer>(plan: LedgerPlan<Answer>): readonly Answer[] {
    for (const entry of plan.entries) {
      if (this.entriesOf(entry.cause).has(entry.causeId)) throw new Error('duplicate ledger key');
      this.entries.push(entry);
    }
    for (const opened of plan.openedAccounts) {
      if (this.accounts.has(opened.memberId)) throw new Error('duplicate account');
      this.accounts.set(opened.memberId, opened);
    }
    for (const account of plan.accounts) this.accounts.set(account.memberId, account);
    for (const { change } of plan.waiting) {
      if (!this.waiting.has(change.dealId)) this.waiting.set(change.dealId, change);
    }
    for (const dealId of plan.settled) this.waiting.delete(dealId);
    return plan.answers;
  }
}
