import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '@onepoint/platform';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';

const SERVICE = 'a-service-token-of-forty-characters-or-so';
const MERCHANTS = 'the-token-of-an-operator-for-merchants';
const MEMBERS = 'the-token-of-an-operator-for-members';
const tokens = `alice:${hash('sha256', MERCHANTS)}:merchants,bob:${hash('sha256', MEMBERS)}:members`;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;

/** Every kind of credential there is. */
type Visitor = 'nobody' | 'stranger' | 'own' | 'other' | 'merchants' | 'members' | 'service';

describe('the doors of Deal', () => {
  let place: DealPlace;
  const credentials = new Map<Visitor, Record<string, string>>();
  /** Merchant 20's. */
  const dealId = 1;
  beforeAll(async () => {
    place = new DealPlace('sqlite');
    await place.start({ SERVICE_TOKEN: SERVICE, OPERATOR_TOKENS: tokens });
    place.point.balances.set(1, 1_000);
    const operator = bearer(MERCHANTS);
    const keyOf = async (id: number): Promise<string> => {
      await place.ask('POST', '/merchants', { id, name: `shop ${id}` }, operator);
      const { body } = await place.ask('POST', `/merchants/${id}/keys`, undefined, operator);
      return String(body['secret']);
    };
    const own = await keyOf(20);
    credentials.set('nobody', {});
    credentials.set('stranger', bearer(`${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`));
    credentials.set('own', bearer(own));
    credentials.set('other', bearer(await keyOf(21)));
    credentials.set('merchants', operator);
    credentials.set('members', bearer(MEMBERS));
    credentials.set('service', bearer(SERVICE));
    const save = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 10_000 };
    const made = await place.ask('POST', '/deals', save, bearer(own));
    expect(made.body['id']).toBe(dealId);
  });
  afterAll(() => place.remove());

  const as = (visitor: Visitor) => credentials.get(visitor)!;
  const inMonth = 'billingMonth=202611&merchantId=20';
  const save = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 100 };

  /** Each route with what each visitor is answered: nobody, stranger, own, other, merchants, members, service. */
  const routes: [string, string, unknown, string][] = [
    ['POST', '/deals', save, '401 401 201 404 201 403 403'],
    ['GET', '/deals/1', undefined, '401 401 200 404 200 403 403'],
    ['GET', '/deals', undefined, '401 401 200 200 200 403 403'],
    ['GET', '/deals?merchantId=20', undefined, '401 401 200 404 200 403 403'],
    ['POST', '/deals/987654/cancel', undefined, '401 401 404 404 404 403 403'],
    ['POST', '/deals/cancel-by-key', { idempotencyKey: 'k' }, '401 401 200 200 200 403 403'],
    ['GET', '/merchants', undefined, '401 401 403 403 200 403 403'],
    ['GET', '/merchants/20', undefined, '401 401 403 403 200 403 403'],
    ['GET', '/merchants/20/terms', undefined, '401 401 403 403 200 403 403'],
    ['POST', '/merchants', { id: 20, name: 'again' }, '401 401 403 403 409 403 403'],
    ['PATCH', '/merchants/20', { name: 'mill' }, '401 401 403 403 200 403 403'],
    ['GET', '/merchants/20/keys', undefined, '401 401 403 403 200 403 403'],
    ['POST', '/merchants/99/keys', undefined, '401 401 403 403 404 403 403'],
    ['DELETE', '/merchants/20/keys/abc', undefined, '401 401 403 403 404 403 403'],
    ['GET', `/settlementTotals?${inMonth}`, undefined, '401 401 403 403 403 403 200'],
    ['GET', `/settlementDeals?${inMonth}`, undefined, '401 401 403 403 403 403 200'],
    ['GET', '/journal', undefined, '401 401 403 403 403 403 200'],
    ['GET', '/journal/state', undefined, '401 401 403 403 403 403 200'],
  ];
  const visitors: Visitor[] = [
    ...(['nobody', 'stranger', 'own', 'other', 'merchants', 'members', 'service'] as const),
  ];

  it.each(routes)('let in at %s %s those who may come', async (method, path, body, expected) => {
    const statuses: number[] = [];
    for (const visitor of visitors) {
      statuses.push((await place.ask(method, path, body, as(visitor))).status);
    }
    expect(statuses.join(' ')).toBe(expected);
  });

  it('have a rule for each route that is described, and describe each route', async () => {
    const { status, body } = await place.ask('GET', '/docs/openapi.json');
    expect(status).toBe(200);
    const described = Object.entries(body['paths'] as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((each) => `${each} ${path}`))
      .filter((route) => !/ \/(health|metrics|docs)/.test(route));
    const known = routes.map(([method, path]) => {
      const [shape = ''] = path.split('?');
      const named = shape.replace(/\/\d+/, '/{id}').replace('/abc', '/{keyId}');
      return `${method.toLowerCase()} ${named}`;
    });
    expect(new Set(described)).toEqual(new Set(known));
  });

  it('show another merchant’s deals to nobody, and let nobody touch them', async () => {
    const answers = [
      await place.ask('GET', `/deals/${dealId}`, undefined, as('other')),
      await place.ask('POST', `/deals/${dealId}/cancel`, undefined, as('other')),
      await place.ask(
        'POST',
        '/deals',
        { type: 'cancel', memberId: 1, merchantId: 21, originalDealId: dealId },
        as('other'),
      ),
      await place.ask(
        'POST',
        '/deals',
        { type: 'cancel', memberId: 1, merchantId: 21, dealAmount: 10_000 },
        as('other'),
      ),
      await place.ask('GET', '/deals?merchantId=20', undefined, as('other')),
    ];
    expect(answers.map(codeOf)).toEqual(Array(5).fill('DEAL_NOT_FOUND'));
    const unknown = await place.ask('GET', '/deals/987654', undefined, as('other'));
    expect({ ...answers[0]?.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    const { body } = await place.ask('GET', '/deals', undefined, as('other'));
    expect(body['items']).toEqual([]);
    const mine = await place.ask('GET', `/deals/${dealId}`, undefined, as('own'));
    expect(mine.body).toMatchObject({ cancelledByDealId: null });
  });

  it('are shut to a key within two seconds of its end, and its secret is kept nowhere', async () => {
    const { body } = await place.ask('POST', '/merchants/21/keys', undefined, as('merchants'));
    const secret = String(body['secret']);
    expect((await place.ask('GET', '/deals', undefined, bearer(secret))).status).toBe(200);
    const path = `/merchants/21/keys/${String(body['keyId'])}`;
    const revoked = await place.ask('DELETE', path, undefined, as('merchants'));
    expect(revoked.body).toMatchObject({ revokedAt: expect.any(String) });
    const again = await place.ask('DELETE', path, undefined, as('merchants'));
    expect(again.body).toEqual(revoked.body);
    const clock = place.replica().service.app.get(Clock);
    Object.assign(clock, { now: () => Date.now() + 2_001 });
    expect((await place.ask('GET', '/deals', undefined, bearer(secret))).status).toBe(401);
    const rows = await place.inDatabase(async (tx) => [
      ...(await tx.query('SELECT * FROM merchant_key')),
      ...(await tx.query('SELECT * FROM outbox')),
    ]);
    // All behind opk_<id>_: the secret's own letters may begin with an underscore.
    const own = secret.split('_').slice(2).join('_');
    expect(own).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(own);
    const listed = await place.ask('GET', '/merchants/21/keys', undefined, as('merchants'));
    expect(JSON.stringify(listed.body)).not.toContain('hash');
  });

  it('give a merchant 20 keys at a time, and say so when it wants more', async () => {
    await place.ask('POST', '/merchants', { id: 30, name: 'many keys' }, as('merchants'));
    const answers: Answer[] = [];
    for (let key = 0; key < 21; key += 1) {
      answers.push(await place.ask('POST', '/merchants/30/keys', undefined, as('merchants')));
    }
    expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect([answers[20]?.status, answers[20]?.body]).toMatchObject([
      ...[409, { code: 'MERCHANT_KEYS_FULL', keysMax: 20 }],
    ]);
    await place.ask(
      ...(['DELETE' as const, `/merchants/30/keys/${String(answers[0]?.body['keyId'])}`] as const),
      undefined,
      as('merchants'),
    );
    const next = await place.ask('POST', '/merchants/30/keys', undefined, as('merchants'));
    expect(next.status).toBe(201);
  });
});
