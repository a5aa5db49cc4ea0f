import { describe, expect, it } from '@jest/globals';
import { InOrder } from './in-order.ts';

describe('delayed pieces of a connection', () => {
  it('keep their order, whatever their delays', async () => {
    const pieces = new InOrder();
    const came: number[] = [];
    await new Promise<void>((resolve) => {
      pieces.after(20, () => came.push(1));
      pieces.after(0, () => came.push(2));
      pieces.after(5, () => came.push(3));
      pieces.after(0, resolve);
    });
    expect(came).toEqual([1, 2, 3]);
  });

  it('go at once when they have no delay and nothing waits before them', () => {
    const pieces = new InOrder();
    let came = false;
    pieces.after(0, () => (came = true));
    expect(came).toBe(true);
  });
});
