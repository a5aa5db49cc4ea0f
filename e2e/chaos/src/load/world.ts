import type { Dice } from '../run/dice.ts';

/** A deal that a client was told of, or asked for. */
export interface KnownDeal {
  readonly id: number;
  readonly memberId: number;
  readonly merchantId: number;
  readonly dealAmount: number;
}

/** A request under a key that has been answered, to be sent again some time. */
export interface AnsweredRequest {
  readonly operation: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const MEMBERS_MAX = 400;
const DEALS_MAX = 2_000;
const REQUESTS_MAX = 500;

/** What the clients know of the world, from the answers they got; bounded, the oldest is forgotten. */
export class World {
  readonly members: number[] = [];
  readonly deals: KnownDeal[] = [];
  readonly requests: AnsweredRequest[] = [];
  readonly merchants: number[] = [];
  #mark = 100_000;
  #operation = 0;

  /**
   * An amount that no other operation has: by it the oracle knows which operation a deal belongs to,
   * also when nobody ever got its answer.
   */
  nextAmount(): number {
    this.#mark += 1;
    return this.#mark;
  }

  nextOperation(): string {
    this.#operation += 1;
    return `op-${this.#operation}`;
  }

  remember(what: { member?: number; deal?: KnownDeal; request?: AnsweredRequest }): void {
    if (what.member !== undefined) keep(this.members, what.member, MEMBERS_MAX);
    if (what.deal !== undefined) keep(this.deals, what.deal, DEALS_MAX);
    if (what.request !== undefined) keep(this.requests, what.request, REQUESTS_MAX);
  }

  /** Mostly a few busy members: what runs at the same time should meet. */
  someMember(dice: Dice): number {
    return dice.chance(0.6) ? dice.pick(this.members.slice(0, 12)) : dice.pick(this.members);
  }

  /** Mostly a recent one. */
  someDeal(dice: Dice): KnownDeal | null {
    if (this.deals.length === 0) return null;
    return dice.pick(dice.chance(0.7) ? this.deals.slice(-30) : this.deals);
  }
}

function keep<Item>(list: Item[], item: Item, max: number): void {
  if (list.length >= max) list.splice(list.length >> 1, 1);
  list.push(item);
}
