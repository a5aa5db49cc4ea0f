import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventKeys, isEventKey, parseEvent } from '@onepoint/contracts';
import type { EventKey } from '@onepoint/contracts';
import type { OnePoint } from '../running/one-point.ts';
import { until } from '../running/until.ts';
import { readFacts } from '../witness/facts.ts';
import type { Facts } from '../witness/facts.ts';
import { Eavesdropper } from './eavesdropper.ts';
import type { Heard } from './eavesdropper.ts';

const READERS = ['point', 'billing', 'dashboard', 'deal'] as const;
/** Deals of members 1 and 2 are the scenario's; these come after. */
const SEED_MEMBERS = [1, 2];

/** The scenario changes nobody's data or terms, and cancels no use. */
const NEVER: readonly EventKey[] = [
  'member.updated.v1',
  'merchant.updated.v1',
  'deal.use-cancelled.v1',
];
/** The sample merchants are registered while the ear is still being put to the wall. */
const MAYBE: readonly EventKey[] = ['merchant.registered.v1'];

const envelopeOf = ({ content }: Heard): { id: string; subject: string; sequence: number } =>
  JSON.parse(content) as never;

/** What travels between the services, heard and meddled with by somebody outside. */
export function listenToTheWire(running: () => OnePoint, play: () => void): void {
  describe('the events on the broker', () => {
    let ear: Eavesdropper;
    beforeAll(async () => {
      ear = await Eavesdropper.listen(running().place.namespace);
    });
    afterAll(() => ear?.close());

    play();

    it('are plain JSON of the published schemas, one of every kind that the scenario has', async () => {
      const kinds = (): EventKey[] => {
        const heard = new Set(ear.heard.map(({ key }) => key));
        return eventKeys.filter((key) => heard.has(key) && !MAYBE.includes(key)).sort();
      };
      const due = eventKeys.filter((key) => !NEVER.includes(key) && !MAYBE.includes(key)).sort();
      const seen = await until(
        () => Promise.resolve(kinds()),
        (all) => all.length === due.length,
      );
      expect(seen).toEqual(due);
      for (const { key, content } of ear.heard) {
        if (!isEventKey(key)) throw new TypeError(`${key} is in no catalogue`);
        parseEvent(key, JSON.parse(content));
      }
    });

    it('are unique, numbered per subject and persistent', () => {
      const events = ear.heard.map(envelopeOf);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      const places = events.map(({ subject, sequence }) => `${subject} ${sequence}`);
      expect(new Set(places).size).toBe(places.length);
      expect(ear.heard.every(({ isPersistent }) => isPersistent)).toBe(true);
    });

    it('carry the trace of the request that they come from', () => {
      // What is committed together with other requests' work, or said in rounds, has no one trace.
      const ofOneRequest = ear.heard.filter(({ key }) => key.startsWith('member.'));
      expect(ofOneRequest.length).toBeGreaterThan(0);
      for (const { traceparent } of ofOneRequest) {
        expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
      }
    });

    it('never hold personal data (P13)', () => {
      const all = ear.heard.map(({ content }) => content).join('\n');
      for (const secret of ['안서연', '01011111111', '용인시', '김준혁', '0102223111']) {
        expect(all).not.toContain(secret);
      }
    });

    it('change nothing when all of them come again, in reverse order (P4)', async () => {
      const { doors } = running();
      const before = await readFacts(doors, SEED_MEMBERS);
      for (const heard of ear.heard.toReversed()) ear.repeat(heard);
      await marked(running());
      expect(scenarioOf(await readFacts(doors, SEED_MEMBERS))).toEqual(scenarioOf(before));
    });

    it('are set aside when nobody can read them, and hold up nothing behind them (P15)', async () => {
      ear.say('deal.saved.v1', '{"not": "an event"}');
      ear.say('deal.saved.v1', 'not even JSON');
      const hearIt = ['point', 'billing', 'dashboard'];
      const setAside = await until(
        () => Promise.all(hearIt.map((service) => ear.setAside(service))),
        (counts) => counts.every((count) => count === 2),
      );
      expect(setAside).toEqual([2, 2, 2]);
      await marked(running());
      expect(await Promise.all(READERS.map((service) => ear.waiting(service)))).toEqual([
        0, 0, 0, 0,
      ]);
      expect(await ear.setAside('deal')).toBe(0);
    });
  });
}

let marks = 0;

/** Resolves when every reader has taken in what is said from now on, and so what was said before. */
async function marked({ doors }: OnePoint): Promise<void> {
  marks += 1;
  const joined = await doors.post('member', '/members', {
    name: '표',
    phone: `0109000000${marks}`,
  });
  const memberId = joined.body['id'];
  const deal = await until(
    async () => {
      await doors.post('deal', '/deals', {
        type: 'save',
        memberId,
        merchantId: 30,
        dealAmount: 5_000,
      });
      return doors.post('deal', '/deals', { type: 'use', memberId, merchantId: 30, point: 10 });
    },
    ({ body }) => body['status'] === 'success',
  );
  const view = await until(
    () => doors.get('dashboard', `/billingAmountViews/${String(deal.body['id'])}`),
    ({ status }) => status === 200,
  );
  const month = String(view.body['dealDate']);
  await until(
    () => doors.post('billing', '/billings', { merchantId: 30, billingMonth: seoulMonth(month) }),
    ({ status }) => status === 201,
  );
  const settled = await until(
    () => doors.get('deal', `/deals/${String(deal.body['id'])}`),
    ({ body }) => body['billingStatus'] === 'yes',
  );
  expect(settled.body).toMatchObject({ billingStatus: 'yes' });
}

function seoulMonth(instant: string): string {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' });
  return days.format(new Date(instant)).slice(0, 7).replace('-', '');
}

/** The facts without what came after the scenario. */
function scenarioOf({ deals, views, members }: Facts): unknown {
  const isOld = ({ memberId }: { memberId: number }): boolean => SEED_MEMBERS.includes(memberId);
  return {
    deals: [...deals.values()].filter(isOld),
    views: views.filter(isOld),
    members: [...members],
  };
}
