import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Transaction } from '@onepoint/persistence';
import type { DealFilter } from '../domain/deal-book.ts';
import { DealPlace } from '../testing/deal-place.ts';
import { listDeals } from './list-deals.ts';

const MEMBER = 7;
/** A merchant that deals little among many deals of another. */
const [QUIET, BUSY] = [20, 21];
const MORNING = Date.parse('2026-11-23T00:00:00.000Z');
const BUSY_DEALS = 2_000;
const PAGE = 3;

/** The quiet merchant's deals, oldest first, by the second of their date: ids do not follow the dates. */
const QUIET_DEALS = [
  { id: 900, second: 1 },
  { id: 300, second: 2 },
  { id: 500, second: 2 },
  { id: 100, second: 3 },
  { id: 700, second: 4 },
  { id: 400, second: 5 },
  { id: 600, second: 5 },
];
const NEWEST_FIRST = QUIET_DEALS.map(({ id }) => id).toReversed();

function dealRow(merchantId: number, deal: { id?: number; second: number; status?: string }) {
  const { id, second, status = 'success' } = deal;
  return {
    ...(id === undefined ? {} : { id }),
    ...{ member_id: MEMBER, merchant_id: merchantId, type: 'use', deal_amount: 100, point: 1 },
    ...{ status, billing_status: 'no', earn_rate_bps: 100, commission_bps: 200 },
    ...{ earn_charge_bps: 0, deal_date: MORNING + second * 1_000 },
  };
}

describe.each(['sqlite', 'mysql'] as const)('deals that are listed on %s', (dialect) => {
  let place: DealPlace;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    await place.inDatabase(async (tx) => {
      await tx.insertRows(
        'deal',
        QUIET_DEALS.map((deal) => dealRow(QUIET, deal)),
      );
      const many = Array.from({ length: BUSY_DEALS }, (_, place) => ({
        second: 10 + place,
        status: place % 500 === 0 ? 'fail' : 'success',
      }));
      await tx.insertRows(
        'deal',
        many.map((deal) => dealRow(BUSY, deal)),
      );
    });
  });
  afterAll(() => place.remove());

  const pages = async (filter: DealFilter): Promise<number[][]> => {
    const seen: number[][] = [];
    let before: number | undefined;
    do {
      const page = await place.inDatabase((tx) => listDeals(tx, { ...filter, before }, PAGE));
      seen.push(page.map(({ id }) => id));
      before = page.length < PAGE ? undefined : page.at(-1)!.id;
    } while (before !== undefined);
    return seen;
  };

  it('are a merchant’s by their dates, each on one page, though their ids have another order', async () => {
    expect(await pages({ merchantId: QUIET })).toEqual([
      NEWEST_FIRST.slice(0, 3),
      NEWEST_FIRST.slice(3, 6),
      NEWEST_FIRST.slice(6),
    ]);
  });

  it('lie between two instants, page by page', async () => {
    const [from, to] = [MORNING + 2_000, MORNING + 5_000];
    expect(await pages({ merchantId: QUIET, from, to })).toEqual([[700, 100, 500], [300]]);
  });

  it('end where the page before ended with a deal that does not exist', async () => {
    const filter = { merchantId: QUIET, before: 999_999_999 };
    expect(await place.inDatabase((tx) => listDeals(tx, filter, PAGE))).toEqual([]);
  });

  it('are a member’s by their ids', async () => {
    const [first] = await pages({ memberId: MEMBER, merchantId: QUIET });
    expect(first).toEqual([900, 700, 600]);
  });

  it('are found by their status where it is rare', async () => {
    const failed = await pages({ merchantId: BUSY, status: 'fail' });
    expect(failed.flat()).toHaveLength(BUSY_DEALS / 500);
  });

  it.each<[string, DealFilter]>([
    ['a quiet merchant’s', { merchantId: QUIET }],
    ['a busy merchant’s', { merchantId: BUSY }],
    ['a busy merchant’s successful', { merchantId: BUSY, status: 'success' }],
    ['a busy merchant’s of half an hour', { merchantId: BUSY, to: MORNING + 1_810_000 }],
  ])('cost no more rows than a page has: %s', async (_, filter) => {
    if (dialect === 'sqlite') return expect(dialect).toBe('sqlite');
    const read = await place.inDatabase((tx) => rowsRead(tx, filter));
    // The page, with what SHOW STATUS itself reads.
    expect(read).toBeLessThan(PAGE + 60);
  });
});

/** How many rows the server reads for one page. */
async function rowsRead(tx: Transaction, filter: DealFilter): Promise<number> {
  const count = async (): Promise<number> => {
    const rows = await tx.query<{ Value: string }>("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await count();
  await listDeals(tx, filter, PAGE);
  return (await count()) - before;
}
