import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { plainReckoning } from './domain/test-deals.ts';
import type { SummedDeal } from './domain/test-deals.ts';
import { BillingPlace } from './test-billing.ts';
import type { Dealing } from './test-billing.ts';
import { calendar, monthsAgo } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const MONTHS = [monthsAgo(2), monthsAgo(1), monthsAgo(0)] as const;
const RUNS = 25;
const withinMs = 240_000;

/** A deal of the story, and how often and when it is heard of. */
interface Told extends SummedDeal {
  readonly month: 0 | 1 | 2;
  readonly atEnd: boolean;
  readonly times: number;
}

const told: fc.Arbitrary<Told> = fc.record({
  type: fc.constantFrom('use', 'use', 'useCancel', 'save', 'saveCancel'),
  point: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 1_000_000 })),
  commissionBps: fc.constantFrom(200, 200, 150, 0, 10_000, 333),
  earnChargeBps: fc.constantFrom(0, 0, 10_000, 1_234),
  month: fc.constantFrom(0, 1, 2),
  atEnd: fc.boolean(),
  times: fc.integer({ min: 1, max: 3 }),
});

/** What happens: a batch of deals, then so many who ask for each month at once. */
const story = fc.array(
  fc.record({
    deals: fc.array(told, { maxLength: 12 }),
    askers: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
  }),
  { minLength: 1, maxLength: 5 },
);

describe.each(['sqlite', 'mysql'] as const)(
  'any story of deals and settlements on %s',
  (dialect) => {
    const place = new BillingPlace(dialect);
    let lastId = 0;
    const nextId = (): number => (lastId += 1);

    beforeAll(() => place.start({ BILLING_COMPLETENESS_WAIT_MS: '0' }));
    afterAll(() => place.remove());

    function happening(deal: Told, merchantId: number): Dealing & { readonly told: Told } {
      const month = MONTHS[deal.month];
      const start = calendar.startOfMonth(month);
      const at = deal.atEnd && deal.month < 2 ? calendar.endOfMonth(month) - 1 : start;
      const { type, point, commissionBps, earnChargeBps } = deal;
      const dealId = nextId();
      return { dealId, type, point, commissionBps, earnChargeBps, merchantId, at, told: deal };
    }

    /** Every month of the merchant as the plain reckoning has it, carried over. */
    function reckoned(deals: readonly Told[]): object[] {
      let opening = 0;
      return MONTHS.map((billingMonth, index) => {
        const month = plainReckoning(deals.filter((deal) => deal.month === index));
        const balance = opening + month.net;
        const carried = {
          opening,
          payable: balance > 0 ? balance : 0,
          closing: balance < 0 ? balance : 0,
        };
        opening = carried.closing;
        return { billingMonth, ...month, ...carried };
      });
    }

    async function announcedOf(merchantId: number, count: number): Promise<number[]> {
      let all = place.transport.said;
      const ofMerchant = (): number[] =>
        all
          .filter(({ data }) => data.merchantId === merchantId)
          .flatMap(({ data }) => data.dealIds);
      while (ofMerchant().length < count) all = await place.transport.saidAtLeast(all.length + 1);
      return ofMerchant().toSorted((a, b) => a - b);
    }

    it(
      'ends with what the plain reckoning says, each deal in one run and announced once (P9)',
      async () => {
        await fc.assert(
          fc.asyncProperty(story, fc.integer(), async (chapters, seed) => {
            const merchantId = nextId();
            await place.register(merchantId);
            const all: (Dealing & { readonly told: Told })[] = [];
            for (const { deals, askers } of chapters) {
              const happened = deals.map((deal) => happening(deal, merchantId));
              all.push(...happened);
              place.count(...happened);
              // Each is heard of once or more, in an order that has nothing to do with theirs.
              const heard = happened.flatMap((deal) => Array<Dealing>(deal.told.times).fill(deal));
              heard.sort((a, b) => ((a.dealId * seed) % 17) - ((b.dealId * seed) % 17));
              const asked = askers.flatMap((count, index) =>
                Array.from({ length: count }, () => place.settle(MONTHS[index], merchantId)),
              );
              await Promise.all([place.hear(...heard), ...asked]);
            }
            const billings = [];
            for (const month of MONTHS) billings.push((await place.settle(month, merchantId)).body);
            expect(billings).toMatchObject(reckoned(all.map((deal) => deal.told)));
            for (const billing of billings) {
              const runs = billing['runs'] as { billingAmount: number; net: number }[];
              expect(runs.reduce((sum, run) => sum + run.net, 0)).toBe(billing['net']);
            }
            const settled = all.filter(
              (deal) => deal.type?.startsWith('use') || deal.earnChargeBps,
            );
            const announced = await announcedOf(merchantId, settled.length);
            expect(announced).toEqual(settled.map(({ dealId }) => dealId));
          }),
          { numRuns: RUNS },
        );
      },
      withinMs,
    );
  },
);
