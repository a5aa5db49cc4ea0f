import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkLines, chunksOf } from './chunks.ts';

describe('the chunks of a run', () => {
  it('name every line once, in order, and no chunk is too large', () => {
    const some = fc.tuple(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 1, max: 500 }),
    );
    fc.assert(
      fc.property(some, ([first, count, chunkMax]) => {
        const lines = { first, last: first + count - 1 };
        let next = first;
        for (let chunk = 1; chunk <= chunksOf(lines, chunkMax); chunk += 1) {
          const part = chunkLines(lines, chunk, chunkMax);
          expect(part.first).toBe(next);
          expect(part.last).toBeGreaterThanOrEqual(part.first);
          expect(part.last - part.first).toBeLessThan(chunkMax);
          next = part.last + 1;
        }
        expect(next).toBe(lines.last + 1);
      }),
    );
  });
});
