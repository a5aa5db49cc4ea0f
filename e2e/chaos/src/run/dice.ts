/** A seed is a whole number from 1: the same seed throws the same dice. */
export const SEED_MAX = 0xffff_ffff;

/** Chance that can be replayed: everything that a run draws comes from its seed. */
export class Dice {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** Dice of their own for one part of the run, so that parts do not disturb each other's draws. */
  fork(part: string): Dice {
    let mixed = this.seed ^ 0x9e37_79b9;
    for (const letter of part) mixed = Math.imul(mixed ^ letter.codePointAt(0)!, 0x0100_0193);
    return new Dice(mixed);
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of them; throws when there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** One of them, each as likely as its weight says. */
  weighed<Item extends string>(weights: Readonly<Record<Item, number>>): Item {
    const entries = Object.entries<number>(weights) as [Item, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of entries) if ((left -= weight) < 0) return item;
    return entries[0]![0];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const mixed = [...items];
    for (let place = mixed.length - 1; place > 0; place -= 1) {
      const other = this.between(0, place);
      [mixed[place], mixed[other]] = [mixed[other]!, mixed[place]!];
    }
    return mixed;
  }
}
