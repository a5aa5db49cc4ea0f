import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventEnvelope } from '@onepoint/contracts';
import { traceIdOf } from '@onepoint/platform';
import { PointAndDeal } from './testing/point-and-deal.ts';

const requests = 24;

/** What was heard of one request: the event's type, and the trace that its message came under. */
interface Told {
  readonly type: string;
  readonly trace: string | null;
}

describe.each(['sqlite', 'mysql'] as const)(
  'Everything that one request sets off, on %s,',
  (on) => {
    let both: PointAndDeal;
    beforeAll(async () => {
      both = new PointAndDeal(on);
      await both.start();
      await both.register(20);
      for (let member = 1; member <= requests; member += 1) await both.member(member, 'created');
      await Promise.all(
        Array.from({ length: requests }, (_, index) =>
          both.deal({ type: 'save', memberId: index + 1, merchantId: 20, dealAmount: 100_000 }),
        ),
      );
      await both.settled();
    });
    afterAll(() => both.remove());

    const trace = (): string => randomBytes(16).toString('hex');
    /** Sends one deal for each member at once, each under a request id and a trace of its own. */
    async function sendTogether(type: 'save' | 'use'): Promise<Map<string, string>> {
      const sent = new Map<string, string>();
      const answers = Array.from({ length: requests }, (_, index) => {
        const [requestId, traceId] = [`${type}-${index}-${trace()}`, trace()];
        sent.set(requestId, traceId);
        const deal = { type, memberId: index + 1, merchantId: 20, dealAmount: 10_000, point: 5 };
        const { point, ...saved } = deal;
        return both.deal(type === 'use' ? { ...saved, point } : saved, {
          'x-request-id': requestId,
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        });
      });
      for (const { status } of await Promise.all(answers)) expect(status).toBe(201);
      await both.settled();
      return sent;
    }

    function toldOf(requestId: string): Told[] {
      return both.heard.flatMap(({ body, traceparent }) => {
        const { correlationId, type } = eventEnvelope.parse(JSON.parse(body));
        const of = traceparent === null ? null : traceIdOf(traceparent);
        return correlationId === requestId ? [{ type, trace: of }] : [];
      });
    }

    it.each([
      ['save', 'deal.saved'],
      ['use', 'deal.used'],
    ] as const)(
      'carries its id and its trace: of a %s, Deal’s event and Point’s',
      async (type, dealt) => {
        for (const [requestId, traceId] of await sendTogether(type)) {
          const told = toldOf(requestId).sort((a, b) => (a.type < b.type ? -1 : 1));
          expect(told).toEqual([
            { type: dealt, trace: traceId },
            { type: 'point.changed', trace: traceId },
          ]);
        }
      },
    );

    it('carries them when Point hears of it from the event alone', async () => {
      await both.stopPoint();
      const [requestId, traceId] = [`late-${trace()}`, trace()];
      const deal = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 10_000 };
      await both.deal(deal, {
        'x-request-id': requestId,
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      });
      await both.startPoint();
      await both.settled();
      expect(toldOf(requestId)).toEqual([
        { type: 'deal.saved', trace: traceId },
        { type: 'point.changed', trace: traceId },
      ]);
    });
  },
);
