import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fifo } from './fifo.ts';

describe('a fifo', () => {
  it('behaves like an array that is pushed, shifted and filtered', () => {
    const operations = fc.array(fc.constantFrom('push', 'push', 'push', 'shift', 'remove'), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(operations, (steps) => {
        const fifo = new Fifo<number>();
        let model: number[] = [];
        steps.forEach((step, n) => {
          if (step === 'push') {
            fifo.push(n);
            model.push(n);
          } else if (step === 'shift') {
            expect(fifo.shift()).toBe(model.shift());
          } else if (n % 7 === 0) {
            const leaves = (item: number): boolean => item % 3 === 0;
            expect(fifo.removeWhere(leaves)).toEqual(model.filter(leaves));
            model = model.filter((item) => !leaves(item));
          }
          expect([fifo.size, fifo.peek()]).toEqual([model.length, model[0]]);
        });
      }),
    );
  });

  it('gives back the places of what has left', () => {
    const fifo = new Fifo<number>();
    for (let n = 0; n < 10_000; n++) {
      fifo.push(n);
      expect(fifo.shift()).toBe(n);
    }
    const items: unknown = Reflect.get(fifo, 'items');
    expect(Array.isArray(items) ? items.length : Infinity).toBeLessThan(200);
  });
});
