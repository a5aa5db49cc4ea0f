import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newMerchantKey } from '@onepoint/platform';
import { BillingPlace } from './test-billing.ts';
import { thisMonth } from './test-months.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const operatorToken = 'operator-of-settlement-'.padEnd(40, 'x');
const otherToken = 'operator-of-members-'.padEnd(40, 'x');
const serviceToken = 'service-'.padEnd(40, 'x');
const closed = {
  SERVICE_TOKEN: serviceToken,
  OPERATOR_TOKENS:
    `alice:${sha256(operatorToken)}:settlement,` + `bob:${sha256(otherToken)}:members+dashboard`,
};
const own = newMerchantKey();
const others = newMerchantKey();
const revoked = newMerchantKey();

describe('who may come in', () => {
  const place = new BillingPlace('sqlite');
  let paths: { own: string; others: string };

  beforeAll(async () => {
    await place.start(closed);
    await place.register(20, 1, [own, revoked]);
    await place.register(21, 1, [others]);
    // What is older than what was heard before changes nothing; what is newer replaces all keys.
    await place.register(20, 3, [own]);
    await place.register(20, 2, [own, revoked]);
    await place.happen({ dealId: 1 }, { dealId: 2, merchantId: 21 });
    const as = { authorization: `Bearer ${operatorToken}` };
    const settle = (merchantId: number) =>
      place.ask('POST', '/billings', { merchantId, billingMonth: thisMonth }, as);
    const [first, second] = [await settle(20), await settle(21)];
    paths = {
      own: `/billings/${String(first.body['id'])}`,
      others: `/billings/${String(second.body['id'])}`,
    };
  });
  afterAll(() => place.remove());

  const as = (token: string | null): Record<string, string> =>
    token === null ? {} : { authorization: `Bearer ${token}` };
  const statusOf = async (token: string | null, method: string, path: string, body?: unknown) =>
    (await place.ask(method, path, body, as(token))).status;

  const everyRoute = (): [string, string, unknown?][] => [
    ['POST', '/billings', { merchantId: 20, billingMonth: thisMonth }],
    ['GET', '/billings'],
    ['GET', '/billings?merchantId=20'],
    ['GET', paths.own],
    ['GET', `${paths.own}/lines`],
    ['GET', `${paths.own}/print`],
    ['GET', `/billings/reconciliation?billingMonth=${thisMonth}`],
    ['POST', '/billings/close', { billingMonth: thisMonth }],
    ['GET', `/billings/close/${thisMonth}`],
  ];

  async function statuses(token: string | null): Promise<number[]> {
    const answers: number[] = [];
    for (const [method, path, body] of everyRoute()) {
      answers.push(await statusOf(token, method, path, body));
    }
    return answers;
  }

  it('an operator of settlements: everywhere', async () => {
    expect(await statuses(operatorToken)).toEqual([200, 200, 200, 200, 200, 200, 200, 202, 200]);
  });

  it('a merchant: to read its own billings, and nowhere else', async () => {
    expect(await statuses(own.secret)).toEqual([403, 200, 200, 200, 200, 200, 403, 403, 403]);
  });

  it.each([
    ['an operator of something else', otherToken, 403],
    ['a service', serviceToken, 403],
    ['nobody', null, 401],
    ['a stranger', 'x'.repeat(40), 401],
    ['a revoked key', revoked.secret, 401],
  ])('%s: nowhere', async (_who, token, status) => {
    expect(await statuses(token)).toEqual(Array(9).fill(status));
  });

  it('another merchant’s billings do not exist for a merchant', async () => {
    expect(await statusOf(own.secret, 'GET', paths.others)).toBe(404);
    expect(await statusOf(own.secret, 'GET', `${paths.others}/lines`)).toBe(404);
    expect(await statusOf(own.secret, 'GET', `${paths.others}/print`)).toBe(404);
    const foreign = await place.ask('GET', '/billings?merchantId=21', undefined, as(own.secret));
    const unknown = await place.ask('GET', '/billings?merchantId=999', undefined, as(own.secret));
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect({ ...foreign.body, detail: '' }).toEqual({ ...unknown.body, detail: '' });
    const { body } = await place.ask('GET', '/billings', undefined, as(own.secret));
    expect(body['items']).toMatchObject([{ merchantId: 20 }]);
  });

  it('to Deal, Billing shows the credential of a service', async () => {
    await statusOf(operatorToken, 'GET', `/billings/reconciliation?billingMonth=${thisMonth}`);
    expect(place.deal.authorization).toBe(`Bearer ${serviceToken}`);
  });
});

describe('the description of the doors', () => {
  it('names every route with its answers', async () => {
    const place = new BillingPlace('sqlite');
    await place.start();
    const { body } = await place.ask('GET', '/docs/openapi.json');
    await place.remove();
    const paths = body['paths'] as Record<string, Record<string, { responses: object }>>;
    expect(Object.keys(paths).sort()).toEqual([
      '/billings',
      '/billings/close',
      '/billings/close/{billingMonth}',
      '/billings/reconciliation',
      '/billings/{id}',
      '/billings/{id}/lines',
      '/billings/{id}/print',
      '/journal',
      '/journal/state',
      '/refill',
    ]);
    const post = paths['/billings']?.['post'];
    expect(Object.keys(post?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '201', '400', '401', '403', '404', '409', '422', '503']),
    );
  });
});
