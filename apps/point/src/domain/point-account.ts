/** A member's account as the rules see it. `balance` is the sum of its ledger (P1). */
export interface PointAccount {
  readonly memberId: number;
  /** May be below zero only after a `saveCancel` of points already spent. */
  readonly balance: number;
  readonly status: 'open' | 'closed';
  /** Grows by one with every ledger entry and every event of this account. */
  readonly sequence: number;
}

/** What may be spent: never below zero, whatever a cancelled save left behind. */
export function availablePoints(balance: number): number {
  return Math.max(balance, 0);
}

/** The account after an entry of `delta` points. */
export function withEntry(account: PointAccount, delta: number): PointAccount {
  return { ...account, balance: account.balance + delta, sequence: account.sequence + 1 };
}
