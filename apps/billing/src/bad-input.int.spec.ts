import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import { calendar, thisMonth } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

describe('bad input', () => {
  const place = new BillingPlace('sqlite');
  const future = calendar.monthOf(calendar.endOfMonth(thisMonth));

  beforeAll(async () => {
    await place.start();
    await place.register();
    await place.happen({ dealId: 1 });
  });
  afterAll(() => place.remove());

  const valid = { merchantId: 20, billingMonth: thisMonth };
  const table: readonly [string, unknown, number, string][] = [
    ['no body', undefined, 400, 'INVALID_REQUEST'],
    ['an empty object', {}, 400, 'INVALID_REQUEST'],
    ['broken JSON', '{"merchantId":', 400, 'MALFORMED_JSON'],
    ['an array', [valid], 400, 'INVALID_REQUEST'],
    ['no merchant', { billingMonth: thisMonth }, 400, 'INVALID_REQUEST'],
    ['both spellings', { ...valid, mercharntId: 20 }, 400, 'INVALID_REQUEST'],
    ['no month', { merchantId: 20 }, 400, 'INVALID_REQUEST'],
    ['a month as a number', { ...valid, billingMonth: 202_611 }, 400, 'INVALID_REQUEST'],
    ['month 13', { ...valid, billingMonth: '202613' }, 400, 'INVALID_REQUEST'],
    ['month 00', { ...valid, billingMonth: '202600' }, 400, 'INVALID_REQUEST'],
    ['a month with a dash', { ...valid, billingMonth: '2026-11' }, 400, 'INVALID_REQUEST'],
    ['a month long ago', { ...valid, billingMonth: '199912' }, 400, 'INVALID_REQUEST'],
    ['full-width digits', { ...valid, billingMonth: '２０２６１１' }, 400, 'INVALID_REQUEST'],
    ['merchant 0', { ...valid, merchantId: 0 }, 400, 'INVALID_REQUEST'],
    ['a negative merchant', { ...valid, merchantId: -20 }, 400, 'INVALID_REQUEST'],
    ['a fraction', { ...valid, merchantId: 20.5 }, 400, 'INVALID_REQUEST'],
    ['a huge merchant', { ...valid, merchantId: 2 ** 53 }, 400, 'INVALID_REQUEST'],
    ['a huge text', { ...valid, merchantId: '9'.repeat(400) }, 400, 'INVALID_REQUEST'],
    ['null', { ...valid, merchantId: null }, 400, 'INVALID_REQUEST'],
    ['true', { ...valid, merchantId: true }, 400, 'INVALID_REQUEST'],
    ['an unknown field', { ...valid, amount: 1 }, 400, 'INVALID_REQUEST'],
    ['a polluted prototype', '{"__proto__":{"merchantId":20}}', 400, 'MALFORMED_JSON'],
    ['an unknown merchant', { ...valid, merchantId: 999 }, 404, 'MERCHANT_NOT_FOUND'],
    ['a month in the future', { ...valid, billingMonth: future }, 422, 'MONTH_IN_FUTURE'],
    ['too large a body', { ...valid, x: 'x'.repeat(70_000) }, 413, 'BODY_TOO_LARGE'],
  ];

  it.each(table)('to POST /billings: %s', async (_what, body, status, code) => {
    expect(await place.ask('POST', '/billings', body)).toMatchObject({ status, body: { code } });
  });

  it('to POST /billings: another media type', async () => {
    const text = { 'content-type': 'text/plain' };
    const answer = await place.ask('POST', '/billings', 'merchantId=20', text);
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it.each([
    ['GET', '/billings/0', 400],
    ['GET', '/billings/x', 400],
    ['GET', '/billings/-1', 400],
    ['GET', '/billings/999', 404],
    ['GET', '/billings/999/lines', 404],
    ['GET', '/billings/1/lines?limit=0', 400],
    ['GET', '/billings/1/lines?limit=201', 400],
    ['GET', '/billings/1/lines?cursor=x', 400],
    ['GET', '/billings/1/lines?bom=yes', 400],
    ['GET', '/billings?merchantId=999', 404],
    ['GET', '/billings?merchantId=x', 400],
    ['GET', '/billings?billingMonth=2026', 400],
    ['GET', '/billings?month=202611', 400],
    ['GET', '/billings/reconciliation', 400],
    ['GET', '/billings/reconciliation?billingMonth=x', 400],
    ['GET', `/billings/reconciliation?billingMonth=${thisMonth}&cursor=x`, 400],
    ['GET', `/billings/reconciliation?billingMonth=${future}`, 422],
    ['GET', '/billings/close/x', 400],
    ['GET', '/billings/close', 400],
    ['DELETE', '/billings/1', 404],
  ])('%s %s is answered %i', async (method, path, status) => {
    const answer = await place.ask(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body['code']).toMatch(/^[A-Z_]+$/);
  });

  it('changes nothing', async () => {
    const { body } = await place.settle();
    expect(body).toMatchObject({ usedPoints: 100, runs: [{ dealCount: 1 }] });
  });
});
