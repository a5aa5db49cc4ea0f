import { describe, expect, it } from '@jest/globals';
import { HeldRows, heldRowsMax } from './held-rows.ts';

describe('Held rows', () => {
  it('wait twice as long each time, up to a minute', () => {
    const held = new HeldRows();
    const delays = Array.from({ length: 9 }, () => held.add(7, 0));
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('are waiting until their time has come', () => {
    const held = new HeldRows();
    held.add(1, 0);
    held.add(2, 500);
    expect([...held.waiting(999)]).toEqual([1, 2]);
    expect([...held.waiting(1_000)]).toEqual([2]);
    held.delete(2);
    expect([...held.waiting(1_000)]).toEqual([]);
  });

  it('are forgotten, the oldest first, beyond the limit', () => {
    const held = new HeldRows();
    for (let row = 0; row <= heldRowsMax; row += 1) held.add(row, 0);
    const waiting = [...held.waiting(0)];
    expect(waiting).toHaveLength(heldRowsMax);
    expect(waiting[0]).toBe(1);
  });
});
