import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import { OnePoint } from './running/one-point.ts';
import type { Doors } from './running/doors.ts';
import { until } from './running/until.ts';
import { ROUTES, publishedRoutes } from './routes/all-routes.ts';
import * as bad from './routes/bad-requests.ts';
import { goodParamsOf, notRefused, wrongWith } from './routes/refusals.ts';
import { addressOf, nameOf } from './routes/route.ts';
import { readFacts } from './witness/facts.ts';

jest.setTimeout(120_000);

const NOWHERE = [
  ['GET', '/nowhere'],
  ['PUT', '/members'],
  ['DELETE', '/deals'],
  ['POST', '/health/live'],
  ['GET', '/../../etc/passwd'],
  ['GET', '/%2e%2e/'],
] as const;
const KEYS_MAX = 20;

let onePoint: OnePoint;
let doors: Doors;
let before: unknown;
beforeAll(async () => {
  onePoint = await OnePoint.start('standalone');
  ({ doors } = onePoint);
  await live();
  before = await everything();
});
afterAll(() => onePoint?.remove());

const named = ROUTES.map((route) => ({ route, name: nameOf(route) }));
const withBodies = named.filter(({ route }) => route.bodies !== undefined);
const withParams = named.filter(({ route }) => route.params !== undefined);
const withQueries = named.filter(({ route }) => route.query !== undefined);
const withKeys = named.filter(({ route }) => route.takesIdempotencyKey === true);

describe('bad input gets a coded 4xx, never a 5xx, and changes nothing (P11)', () => {
  it('on every operation that is published: none is left out here', async () => {
    const published = await publishedRoutes(doors);
    expect(named.map(({ name }) => name).sort()).toEqual([...published.keys()].sort());
  });

  it.each(withBodies)('$name: every field with every wrong value', async ({ route }) => {
    expect(await notRefused(doors, route, bad.wrongFields(route))).toEqual([]);
  });

  it.each(withBodies)('$name: without a field that it needs', async ({ route }) => {
    expect(await notRefused(doors, route, bad.missingFields(route))).toEqual([]);
  });

  it.each(withBodies)('$name: a body that is wrong as a whole', async ({ route }) => {
    expect(await notRefused(doors, route, bad.wrongBodies(route))).toEqual([]);
  });

  it.each(withParams)('$name: an address that is none, and one of nobody', async ({ route }) => {
    expect(await notRefused(doors, route, bad.wrongAddresses(route))).toEqual([]);
  });

  it.each(withQueries)('$name: every query with every wrong value', async ({ route }) => {
    expect(await notRefused(doors, route, bad.wrongQueries(route))).toEqual([]);
  });

  it.each(withKeys)('$name: an Idempotency-Key that is none', async ({ route }) => {
    expect(await notRefused(doors, route, bad.wrongKeys(route))).toEqual([]);
  });

  it.each([...serviceNames])('%s: addresses and methods that it does not have', async (service) => {
    const answers: unknown[] = [];
    for (const [method, path] of NOWHERE) {
      const { status, body } = await doors.ask(service, method, path);
      answers.push([method, path, status, body['code']]);
    }
    expect(answers).toEqual(
      NOWHERE.map(([method, path]) => [method, path, 404, 'ROUTE_NOT_FOUND']),
    );
  });

  it('after all of this everything is as it was', async () => {
    expect(await everything()).toEqual(before);
  });
});

describe('after all the bad input', () => {
  it('what is good is still accepted, on every route with a body', async () => {
    const refused: unknown[] = [];
    for (const { route, name } of withBodies) {
      for (const { good: json, refusedAs } of route.bodies ?? []) {
        const address = addressOf(route, goodParamsOf(route));
        const { status, body } = await doors.ask(route.service, route.method, address, { json });
        if (status >= 300 && body['code'] !== refusedAs) refused.push([name, status, body]);
      }
    }
    expect(refused).toEqual([]);
  });

  it('a merchant may have no more keys than it can keep apart', async () => {
    for (let count = 0; count < KEYS_MAX; count += 1) {
      expect((await doors.post('deal', '/merchants/30/keys', {})).status).toBe(201);
    }
    const oneMore = await doors.post('deal', '/merchants/30/keys', {});
    expect(wrongWith(oneMore, [409])).toBe(null);
  });

  it('nothing was ever said on the error output', () => {
    expect(onePoint.program.stderr).toEqual([]);
    expect(onePoint.program.stdout.at(-1)).toBe('OnePoint is ready');
  });
});

/** A small life: two members, deals of every kind, a settled month. */
async function live(): Promise<void> {
  await doors.post('member', '/members', { name: '하나', phone: '01000000001' });
  await doors.post('member', '/members', { name: '두리', phone: '01000000002' });
  const at20 = { memberId: 1, merchantId: 20 };
  await doors.post('deal', '/deals', { ...at20, type: 'save', dealAmount: 100_000 });
  await doors.post('deal', '/deals', { ...at20, type: 'use', point: 100 });
  await doors.post('deal', '/deals', { ...at20, type: 'use', point: 1_000_000 });
  await doors.post('deal', '/deals', { ...at20, type: 'save', dealAmount: 300_000 });
  await doors.post('deal', '/deals/4/cancel', {});
  await until(
    () => doors.get('dashboard', '/billingAmountViews?memberId=1'),
    ({ body }) => (body['items'] as unknown[]).length === 4,
  );
}

/** All that can be seen from outside. */
async function everything(): Promise<unknown> {
  const facts = await readFacts(doors, [1, 2]);
  const lists = await Promise.all([
    doors.all('deal', '/merchants'),
    doors.all('billing', '/billings'),
    doors.all('dashboard', '/api/settlements'),
  ]);
  const third = await doors.get('member', '/members/3');
  return {
    deals: [...facts.deals],
    views: facts.views,
    members: [...facts.members],
    lists,
    third: third.status,
  };
}
