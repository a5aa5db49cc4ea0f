import { describe, expect, it } from '@jest/globals';
import { InHand } from './in-hand.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the events in hand', () => {
  it('are bounded, and who waits comes in order, a large message not overtaken by small ones', async () => {
    const hand = new InHand(10);
    const begun: string[] = [];
    const take = (name: string, count: number): void =>
      void hand.take(count).then(() => begun.push(name));
    take('six', 6);
    take('five', 5);
    take('one', 1);
    await nextTurn();
    expect(begun).toEqual(['six']);
    hand.give(6);
    await nextTurn();
    expect(begun).toEqual(['six', 'five', 'one']);
  });

  it('may be more than the bound when they come in one message, which is alone then', async () => {
    const hand = new InHand(10);
    await hand.take(25);
    let second = false;
    void hand.take(1).then(() => (second = true));
    await nextTurn();
    expect(second).toBe(false);
    hand.give(25);
    await nextTurn();
    expect(second).toBe(true);
  });

  it('are waited for until none is left', async () => {
    const hand = new InHand(2);
    await hand.empty();
    await hand.take(2);
    const waiting = hand.take(1);
    let empty = false;
    void hand.empty().then(() => (empty = true));
    hand.give(2);
    await waiting;
    expect([empty, hand.isEmpty]).toEqual([false, false]);
    hand.give(1);
    await nextTurn();
    expect([empty, hand.isEmpty]).toEqual([true, true]);
  });
});
