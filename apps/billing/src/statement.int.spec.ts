import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { calendar, monthsAgo } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const month = monthsAgo(1);
const start = calendar.startOfMonth(month);

describe.each(['sqlite', 'mysql'] as const)('a statement on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
  });
  afterEach(() => place.remove());

  async function settled(count: number): Promise<string> {
    const deals = Array.from({ length: count }, (_, at) => ({
      dealId: at + 1,
      point: 10,
      at: start,
    }));
    await place.happen(...deals);
    return `/billings/${String((await place.settle(month)).body['id'])}`;
  }

  it('shows totals, the VAT in the commission, and what belongs to each rate', async () => {
    await place.happen(
      { dealId: 1, point: 100_000, at: start },
      { dealId: 2, point: 1_000, at: start, commissionBps: 150 },
    );
    const { body } = await place.settle(month);
    expect(body).toMatchObject({
      merchantName: 'merchant 20',
      commission: 2_015,
      commissionSupply: 1_832,
      commissionVat: 183,
      runCount: 1,
      terms: [
        { type: 'use', commissionBps: 150, earnChargeBps: 0, dealCount: 1, points: 1_000 },
        { type: 'use', commissionBps: 200, earnChargeBps: 0, dealCount: 1, points: 100_000 },
      ],
    });
    expect((await place.ask('GET', `/billings/${String(body['id'])}`)).body).toEqual(body);
  });

  it('has its lines page by page, each with its run', async () => {
    const path = await settled(3);
    await place.happen({ dealId: 9, type: 'useCancel', point: 10, at: start + 1 });
    const again = await place.settle(month);
    await place.hear({ dealId: 10, at: start });
    const runs = (again.body['runs'] as { id: number }[]).map(({ id }) => id);

    const first = (await place.ask('GET', `${path}/lines?limit=3`)).body;
    const second = (await place.ask('GET', `${path}/lines?cursor=${String(first['nextCursor'])}`))
      .body;
    expect(first['items']).toHaveLength(3);
    expect(second).toEqual({
      items: [
        {
          dealId: 9,
          memberId: 1,
          type: 'useCancel',
          dealDate: new Date(start + 1).toISOString(),
          point: -10,
          runId: runs[1],
          commissionBps: 200,
          earnChargeBps: 0,
          originalDealId: 1,
        },
      ],
      nextCursor: null,
    });
    const lines = first['items'] as { dealId: number; runId: number }[];
    expect(lines.map(({ dealId }) => dealId).sort()).toEqual([1, 2, 3]);
    expect(lines.every(({ runId }) => runId === runs[0])).toBe(true);
  });

  it('is a CSV file when asked so, with a mark for Excel and harmless cells', async () => {
    const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };
    const named = { merchantId: 20, name: '=1+1,"x"', ...terms, keys: [] };
    await place.transport.tell('merchant.updated.v1', named, 1);
    const path = await settled(1);
    const csv = await place.ask('GET', `${path}/lines?bom=true`, undefined, { accept: 'text/csv' });
    expect(csv.status).toBe(200);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toContain(`billing-20-${month}.csv`);
    const day = `${month.slice(0, 4)}-${month.slice(4)}-01`;
    const iso = new Date(start).toISOString();
    expect(csv.text).toBe(
      // fetch takes the mark away when it decodes; see the next test.
      'merchantId,merchantName,billingMonth,dealId,dealDay,dealDate,type,point,commissionBps,' +
        'earnChargeBps,memberId,originalDealId,runId\r\n' +
        `20,"'=1+1,""x""",${month},1,${day},${iso},use,10,200,0,1,,1\r\n`,
    );
  });

  it('begins with the mark only when it is asked for', async () => {
    const path = await settled(1);
    const bytes = async (query: string): Promise<number[]> => {
      const url = `${place.service().url}${path}/lines${query}`;
      const response = await fetch(url, { headers: { accept: 'text/csv' } });
      return [...new Uint8Array(await response.arrayBuffer()).slice(0, 3)];
    };
    expect(await bytes('?bom=true')).toEqual([0xef, 0xbb, 0xbf]);
    expect(await bytes('')).toEqual([...Buffer.from('mer')]);
  });

  it('has every line in the file, however many slices it takes', async () => {
    const path = await settled(4_321);
    const csv = await place.ask('GET', `${path}/lines`, undefined, { accept: 'text/csv' });
    const rows = csv.text.trimEnd().split('\r\n').slice(1);
    expect(rows).toHaveLength(4_321);
    expect(new Set(rows.map((row) => row.split(',')[3])).size).toBe(4_321);
    const points = rows.reduce((sum, row) => sum + Number(row.split(',')[7]), 0);
    expect(points).toBe(43_210);
  });

  it('has an empty file when nothing is settled', async () => {
    const { body } = await place.settle();
    const path = `/billings/${String(body['id'])}/lines`;
    const csv = await place.ask('GET', path, undefined, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')).toHaveLength(2);
    expect((await place.ask('GET', path)).body).toEqual({ items: [], nextCursor: null });
  });

  it('is listed newest first, page by page', async () => {
    for (const merchantId of [30, 31, 32]) {
      await place.register(merchantId);
      await place.happen({ dealId: merchantId, merchantId, at: start });
      await place.settle(month, merchantId);
    }
    const first = (await place.ask('GET', `/billings?billingMonth=${month}&limit=2`)).body;
    const cursor = String(first['nextCursor']);
    const second = (
      await place.ask('GET', `/billings?billingMonth=${month}&limit=2&cursor=${cursor}`)
    ).body;
    const merchants = [first, second].flatMap(({ items }) =>
      (items as { merchantId: number }[]).map(({ merchantId }) => merchantId),
    );
    expect(merchants).toEqual([32, 31, 30]);
    expect(second['nextCursor']).toBeNull();
    const one = (await place.ask('GET', `/billings?merchantId=31&billingMonth=${month}`)).body;
    expect(one['items']).toMatchObject([{ merchantId: 31, runs: [{ billingAmount: 98 }] }]);
  });

  it('is answered again as it was under the same idempotency key', async () => {
    await place.happen({ dealId: 1, at: start });
    const body = { merchantId: 20, billingMonth: month };
    const key = { 'idempotency-key': 'close of march' };
    const first = await place.ask('POST', '/billings', body, key);
    await place.happen({ dealId: 2, at: start });
    await place.settle(month);
    const again = await place.ask('POST', '/billings', body, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await place.ask('POST', '/billings', { ...body, merchantId: 21 }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('can be printed', async () => {
    const path = await settled(2);
    const page = await place.ask('GET', `${path}/print?lang=en`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('merchant 20 (20)');
    expect(page.text.match(/<td>use<\/td>/g)).toHaveLength(2);
    expect((await place.ask('GET', `${path}/print`)).text).toContain('<html lang="ko">');
    expect((await place.ask('GET', `${path}/print?lang=fr`)).status).toBe(400);
  });
});
