import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BODY_BYTES_MAX, bodiesOf } from './bodies.ts';
import { InFlight } from './in-flight.ts';

describe('bodies', () => {
  it('hold all events in their order, and none is too large for its door', () => {
    const event = fc.record({
      id: fc.nat(),
      text: fc.string({ unit: 'binary', maxLength: 4_000 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const bodies = bodiesOf(events.map((each) => JSON.stringify(each)));
        expect(bodies.flatMap((body) => JSON.parse(body) as unknown[])).toEqual(
          JSON.parse(JSON.stringify(events)),
        );
        for (const body of bodies) {
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(BODY_BYTES_MAX + 2);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('work in flight', () => {
  it('is never more than so much at once, and all of it is done', async () => {
    const inFlight = new InFlight(3);
    let [now, most, done] = [0, 0, 0];
    for (let n = 0; n < 20; n += 1) {
      await inFlight.add(async () => {
        most = Math.max(most, (now += 1));
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        done += 1;
      });
    }
    await inFlight.finish();
    expect([most, done]).toEqual([3, 20]);
  });

  it('fails with the first failure, and begins no more', async () => {
    const inFlight = new InFlight(1);
    await inFlight.add(() => Promise.reject(new RangeError('no')));
    let begun = false;
    const next = inFlight.add(async () => void (begun = true));
    await expect(next).rejects.toThrow('no');
    expect(begun).toBe(false);
    await expect(inFlight.finish()).rejects.toThrow('no');
  });
});
