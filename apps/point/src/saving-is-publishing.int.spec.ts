import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '@onepoint/messaging';
import { dealSays, memberSays } from './testing/events.ts';
import { PointPlace } from './testing/point-place.ts';
import { until } from './testing/until.ts';

describe.each(['sqlite', 'mysql'] as const)(
  'a change whose event cannot be kept, on %s,',
  (dialect) => {
    let place: PointPlace;
    let outbox: Outbox;
    let append: Outbox['append'];
    beforeAll(async () => {
      place = new PointPlace(dialect);
      outbox = (await place.start()).service.app.get(Outbox);
      append = outbox.append.bind(outbox);
      await place.hear(memberSays.created(1), memberSays.created(2));
      await place.ask('POST', '/pointIncrease', { kind: 'save', ...deal(1), point: 100 });
    });
    afterAll(() => place.remove());
    afterEach(() => void Object.assign(outbox, { append }));

    const deal = (dealId: number) => ({ dealId, memberId: 1, point: 40 });
    /** From now on no event can be kept; gathers what was to be told. */
    const losePen = (): Set<string> => {
      const untold = new Set<string>();
      const fail: Outbox['append'] = async (_tx, events) => {
        for (const { key, data } of events) {
          untold.add('kind' in data ? `${key} ${data.kind}` : key);
        }
        throw new Error('no more ink');
      };
      Object.assign(outbox, { append: fail });
      return untold;
    };

    it('did not happen', async () => {
      losePen();
      const { status } = await place.ask('POST', '/pointDecrease', { kind: 'use', ...deal(2) });
      expect(status).toBe(500);
      expect(await place.balance(1)).toBe(100);
      expect(await place.entries(1)).toHaveLength(1);
    });

    it('did not open or close an account, nor begin to wait, nor reverse anything', async () => {
      await place.ask('POST', '/pointDecrease', { kind: 'use', ...deal(3) });
      const untold = losePen();
      const { transport } = place.replica();
      // The messages fail and are kept for another try: nobody is told that they are through.
      const heard = transport.publish([
        memberSays.created(3),
        memberSays.withdrawn(2),
        dealSays.saved({ ...deal(4), memberId: 9 }),
        dealSays.failed(deal(3)),
      ]);
      for (const each of heard) each.catch(() => {});
      await until('all of them were tried', () => untold.size === 4);
      const rows = await place.inDatabase(async (tx) => ({
        accounts: await tx.query(
          'SELECT member_id, status, balance FROM account ORDER BY member_id',
        ),
        waiting: await tx.query('SELECT deal_id FROM waiting_change'),
      }));
      expect(rows).toEqual({
        accounts: [
          { member_id: 1, status: 'open', balance: 60 },
          { member_id: 2, status: 'open', balance: 0 },
        ],
        waiting: [],
      });
    });
  },
);
