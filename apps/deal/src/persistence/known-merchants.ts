import type { Transaction } from '@onepoint/persistence';
import type { Merchant } from '../domain/merchant.ts';

/** Merchants that are remembered at most; the one that was read longest ago goes first. */
const KNOWN_MAX = 10_000;

/** A merchant as it was read, and until when its terms stay in force if nobody changes them. */
export interface ReadMerchant extends Merchant {
  /** When its next version of terms begins; epoch milliseconds, null: none is planned. */
  readonly termsUntil: number | null;
}

interface Known {
  readonly merchant: Merchant;
  readonly from: number;
  readonly until: number;
}

/**
 * Merchants from batches before. Every change of a merchant or its terms raises its sequence, so a transaction that
 * relies on them has to {@link requireUnchanged}: then it is as good as reading them in it, without waiting.
 */
export class KnownMerchants {
  readonly #known = new Map<number, Known>();

  /** All of them on their terms in force at an instant; null where one is not known. */
  at(now: number, ids: Iterable<number>): ReadonlyMap<number, Merchant> | null {
    const found = new Map<number, Merchant>();
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known === undefined || now < known.from || now >= known.until) return null;
      found.set(id, known.merchant);
    }
    return found;
  }

  /** As they were read for an instant. */
  remember(merchants: Iterable<ReadMerchant>, from: number): void {
    for (const { termsUntil, ...merchant } of merchants) {
      this.#known.delete(merchant.id);
      this.#known.set(merchant.id, { merchant, from, until: termsUntil ?? Infinity });
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KNOWN_MAX) break;
      this.#known.delete(oldest);
    }
  }
}

/** The transaction fails with `ConditionUnmet` unless these merchants still are what they were. None is ever deleted. */
export function requireUnchanged(tx: Transaction, merchants: ReadonlyMap<number, Merchant>): void {
  const each = [...merchants.values()];
  const changed = each.map(() => '(id = ? AND sequence <> ?)').join(' OR ');
  tx.later.requireNone(
    `merchant WHERE ${changed}`,
    each.flatMap(({ id, sequence }) => [id, sequence]),
  );
}
