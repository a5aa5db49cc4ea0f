import type { PointAccount } from '../domain/point-account.ts';

/** Accounts that are remembered at most, about 10 MB; the one that was remembered longest ago goes first. */
const KNOWN_MAX = 50_000;

/**
 * Accounts as this process last saw them, to plan on without reading them again. They may be older than what is stored,
 * if another process has changed them, and never newer: every change of an account enters its next sequence into the
 * ledger, whose history has a unique key, so what is written on an older state is a duplicate there and undone.
 */
export class KnownAccounts {
  readonly #known = new Map<number, PointAccount>();

  /** All of them; null where one is not known. */
  of(memberIds: Iterable<number>): Map<number, PointAccount> | null {
    const found = new Map<number, PointAccount>();
    for (const memberId of memberIds) {
      const account = this.#known.get(memberId);
      if (account === undefined) return null;
      found.set(memberId, account);
    }
    return found;
  }

  /** As they are committed. Commits may be heard of in another order: the higher sequence stays. */
  remember(accounts: Iterable<PointAccount>): void {
    for (const account of accounts) {
      const known = this.#known.get(account.memberId);
      if (known !== undefined && known.sequence >= account.sequence) continue;
      this.#known.delete(account.memberId);
      this.#known.set(account.memberId, account);
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KNOWN_MAX) break;
      this.#known.delete(oldest);
    }
  }
}
