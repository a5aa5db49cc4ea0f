import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import fc from 'fast-check';
import { untilNextMoment } from './next-moment.ts';

const anyService = fc.constantFrom(...serviceNames);
const anyPace = fc.constantFrom(10, 200, 1_000);
const anyTime = fc.integer({ min: 0, max: 4e12 });

describe('the moments of a relay', () => {
  it('come once in each pace, and none is so near that one would be taken for two', () => {
    fc.assert(
      fc.property(anyService, anyPace, anyTime, (service, paceMs, nowMs) => {
        const untilMs = untilNextMoment(service, paceMs, nowMs);
        expect(untilMs).toBeGreaterThanOrEqual(paceMs / 4);
        expect(untilMs).toBeLessThan(paceMs * 1.25);
        // A timer that ends a millisecond early or late finds the next moment a pace away, as does one on time.
        for (const early of [-1, 0, 1]) {
          const next = untilNextMoment(service, paceMs, nowMs + untilMs + early);
          expect(next).toBeCloseTo(paceMs - early, 1);
        }
      }),
    );
  });

  it('of two services are an eighth of the pace apart and more, those of Deal and Point nearly half', () => {
    const apart = (a: (typeof serviceNames)[number], b: (typeof serviceNames)[number]): number => {
      const between = Math.abs(untilNextMoment(a, 200, 0) - untilNextMoment(b, 200, 0)) % 200;
      return Math.min(between, 200 - between) / 200;
    };
    for (const [at, a] of serviceNames.entries()) {
      for (const b of serviceNames.slice(at + 1)) expect(apart(a, b)).toBeGreaterThan(1 / 8);
    }
    expect(apart('deal', 'point')).toBeGreaterThan(0.45);
  });
});
