import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notObjects, wrongBodies } from './testing/bad-input.ts';
import { PointPlace } from './testing/point-place.ts';

const SERVICE = 'a-service-token-of-forty-characters-or-so';
const MEMBERS = 'the-token-of-an-operator-for-members';
const DASHBOARD = 'the-token-of-an-operator-for-the-dashboard';
const tokens = `alice:${hash('sha256', MEMBERS)}:members,dan:${hash('sha256', DASHBOARD)}:dashboard`;

const facts = { dealId: 1, memberId: 1, point: 5 };
const use = { kind: 'use', ...facts };
const saveCancel = { kind: 'saveCancel', ...facts, originalDealId: 2 };
const save = { kind: 'save', ...facts };
const numbers = ['dealId', 'memberId', 'point'];

const bodies: readonly [string, string, unknown][] = [
  ...wrongBodies(use, numbers).map(
    ([name, body]) => ['/pointDecrease', `a use ${name}`, body] as [string, string, unknown],
  ),
  ...wrongBodies(saveCancel, [...numbers, 'originalDealId']).map(
    ([name, body]) => ['/pointDecrease', `a saveCancel ${name}`, body] as [string, string, unknown],
  ),
  ...wrongBodies(save, numbers).map(
    ([name, body]) => ['/pointIncrease', `a save ${name}`, body] as [string, string, unknown],
  ),
  ['/pointIncrease', 'a use', use],
  ['/pointDecrease', 'a save', save],
  ['/pointDecrease', 'a use with an original', { ...use, originalDealId: 2 }],
  ['/pointDecrease', 'an id of zero', { ...use, dealId: 0 }],
  ['/pointChanges', 'no changes', { changes: [] }],
  ['/pointChanges', 'changes that are no list', { changes: use }],
  ['/pointChanges', '257 changes', { changes: Array(257).fill(use) }],
  ['/pointChanges', 'one bad change among good ones', { changes: [use, { ...use, point: -1 }] }],
  ['/pointChanges', 'a budget of zero', { changes: [use], budgetMs: 0 }],
  ['/pointChanges', 'an unknown field', { changes: [use], at: 'once' }],
];

const paths = ['/points/0', '/points/-1', '/points/1.5', '/points/x', '/points/9007199254740992'];
const queries = ['limit=0', 'limit=201', 'limit=x', 'cursor=0', 'cursor=x', 'offset=1'];

describe('the doors of Point', () => {
  let place: PointPlace;
  beforeAll(async () => {
    place = new PointPlace('sqlite');
    await place.start({ SERVICE_TOKEN: SERVICE, OPERATOR_TOKENS: tokens });
  });
  afterAll(() => place.remove());

  const as = (token: string) => ({ authorization: `Bearer ${token}` });

  it('refuse every bad body with a code, and nothing happens', async () => {
    const wrong: unknown[] = [];
    for (const [path, name, body] of bodies) {
      const { status, body: problem } = await place.ask('POST', path, body, as(SERVICE));
      if (status !== 400 || problem['code'] !== 'INVALID_REQUEST') wrong.push([path, name, status]);
    }
    for (const path of ['/pointDecrease', '/pointIncrease', '/pointChanges']) {
      for (const [name, text] of notObjects) {
        const { status, body } = await place.ask('POST', path, text, as(SERVICE));
        const isCoded = body['code'] === 'MALFORMED_JSON' || body['code'] === 'INVALID_REQUEST';
        if (status !== 400 || !isCoded) wrong.push([path, name, status]);
      }
    }
    expect(wrong).toEqual([]);
    expect(await place.entries(1)).toEqual([]);
  });

  it.each(paths)('refuse %s', async (path) => {
    const { status, body } = await place.ask('GET', path, undefined, as(SERVICE));
    expect([status, body['code']]).toEqual([400, 'INVALID_REQUEST']);
  });

  it.each(queries)('refuse a history with %s', async (query) => {
    const path = `/points/1/entries?${query}`;
    const { status, body } = await place.ask('GET', path, undefined, as(SERVICE));
    expect([status, body['code']]).toEqual([400, 'INVALID_REQUEST']);
  });

  it('let changes in from services alone', async () => {
    const ways: [string, unknown][] = [
      ['/pointDecrease', use],
      ['/pointIncrease', save],
      ['/pointChanges', { changes: [use] }],
    ];
    for (const [path, body] of ways) {
      const statuses = [
        await place.ask('POST', path, body),
        await place.ask('POST', path, body, as(MEMBERS)),
        await place.ask('POST', path, body, as('nobodys-token')),
        await place.ask('POST', path, body, as(SERVICE)),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 403, 401, 200]);
    }
  });

  it('show balances to services and to operators for members', async () => {
    for (const path of ['/points/1', '/points/1/entries']) {
      const statuses = [
        await place.ask('GET', path),
        await place.ask('GET', path, undefined, as(DASHBOARD)),
        await place.ask('GET', path, undefined, as(MEMBERS)),
        await place.ask('GET', path, undefined, as(SERVICE)),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 403, 404, 404]);
    }
  });

  it('are described in OpenAPI, every one of them', async () => {
    const { status, body } = await place.ask('GET', '/docs/openapi.json');
    expect(status).toBe(200);
    expect(Object.keys(body['paths'] as object)).toEqual(
      expect.arrayContaining([
        '/points/{memberId}',
        '/points/{memberId}/entries',
        '/pointDecrease',
        '/pointIncrease',
        '/pointChanges',
      ]),
    );
  });
});
