import type { LedgerEntry } from './ledger-entry.ts';
import type { LedgerPlan, PointFact } from './ledger-plan.ts';
import { withEntry } from './point-account.ts';
import type { PointAccount } from './point-account.ts';
import type { LedgerFacts } from './plan-changes.ts';
import type { Origin } from './point-change.ts';

/** A use that Deal gave up without knowing whether its debit had happened. */
export interface FailedUse {
  readonly dealId: number;
  readonly memberId: number;
  readonly point: number;
  readonly origin?: Origin | undefined;
}

/** What became of the debit of a failed use. */
export type ReversalAnswer = 'tombstone' | 'reversed' | 'nothing-to-reverse';

/** {@link LedgerFacts}, and the deals that have been reversed before. */
export interface ReversalFacts extends LedgerFacts {
  readonly reversed: ReadonlySet<number>;
}

/** A use was debited from an account that is not there: the books are broken, nothing may be guessed. */
export class DebitWithoutAccount extends Error {
  override readonly name = 'DebitWithoutAccount';

  constructor({ dealId, memberId }: FailedUse) {
    super(`deal ${dealId} was debited, but member ${memberId} has no account`);
  }
}

/**
 * Makes sure that a failed use takes no point (P3), whatever happened to its debit:
 * if it was applied, it is reversed, once; if it never came, a tombstone refuses it for ever.
 * Points given back to an account that was closed meanwhile are extinguished at once.
 *
 * @throws DebitWithoutAccount
 */
export function planReversals(
  failed: readonly FailedUse[],
  facts: ReversalFacts,
  now: number,
): LedgerPlan<ReversalAnswer> {
  const batch = new Reversals(facts, now);
  const answers = failed.map((use) => batch.take(use));
  return { answers, ...batch.written() };
}

class Reversals {
  private readonly accounts: Map<number, PointAccount>;
  private readonly dealEntries: Map<number, LedgerEntry>;
  private readonly reversed: Set<number>;
  private readonly changed = new Set<number>();
  private readonly entries: LedgerEntry[] = [];
  private readonly told: PointFact[] = [];

  constructor(
    facts: ReversalFacts,
    private readonly now: number,
  ) {
    this.accounts = new Map(facts.accounts);
    this.dealEntries = new Map(facts.dealEntries);
    this.reversed = new Set(facts.reversed);
  }

  take(use: FailedUse): ReversalAnswer {
    const standing = this.dealEntries.get(use.dealId);
    if (standing === undefined) {
      const tombstone = tombstoneOf(use, this.now);
      this.entries.push(tombstone);
      this.dealEntries.set(use.dealId, tombstone);
      return 'tombstone';
    }
    if (standing.outcome !== 'applied' || this.reversed.has(use.dealId)) {
      return 'nothing-to-reverse';
    }
    const account = this.accounts.get(use.memberId);
    if (account === undefined) throw new DebitWithoutAccount(use);
    this.reversed.add(use.dealId);
    const { delta } = standing;
    const after = this.enter(lineOf(use, 'reversal', 0 - delta, this.now), account);
    if (after.status === 'closed') this.enter(lineOf(use, 'forfeiture', delta, this.now), after);
    return 'reversed';
  }

  written(): Omit<LedgerPlan<ReversalAnswer>, 'answers'> {
    return {
      entries: this.entries,
      openedAccounts: [],
      accounts: [...this.changed].map((memberId) => this.accounts.get(memberId)!),
      waiting: [],
      settled: [],
      facts: this.told,
    };
  }

  private enter(entry: LedgerEntry, account: PointAccount): PointAccount {
    const after = withEntry(account, entry.delta);
    const line = { ...entry, balanceAfter: after.balance, sequence: after.sequence };
    this.entries.push(line);
    this.accounts.set(after.memberId, after);
    this.changed.add(after.memberId);
    if (line.cause === 'reversal') this.told.push({ fact: 'changed', entry: line });
    else {
      const point = 0 - line.delta;
      this.told.push({ fact: 'extinguished', account: after, point, at: this.now });
    }
    return after;
  }
}

function tombstoneOf(use: FailedUse, now: number): LedgerEntry {
  return {
    ...lineOf(use, 'reversal', 0, now),
    cause: 'deal',
    kind: 'use',
    outcome: 'tombstone',
    reason: 'DEAL_FAILED',
  };
}

function lineOf(
  use: FailedUse,
  cause: 'reversal' | 'forfeiture',
  delta: number,
  now: number,
): LedgerEntry {
  return {
    cause,
    causeId: use.dealId,
    memberId: use.memberId,
    kind: cause === 'reversal' ? 'reversal' : 'extinguish',
    outcome: 'applied',
    reason: null,
    delta,
    balanceAfter: null,
    sequence: null,
    decidedAt: now,
  };
}
