import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notObjects, wrongBodies } from './testing/bad-input.ts';
import { DealPlace } from './testing/deal-place.ts';

type BadBody = [string, string, unknown];

const save = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 10_000 };
const use = { type: 'use', memberId: 1, merchantId: 20, point: 100 };
const cancel = { ...save, type: 'cancel' };
const merchant = { name: 'shop' };
const parties = ['memberId', 'merchantId'];
const rates = ['earnRateBps', 'commissionBps', 'earnChargeBps'];

const at = (path: string, what: string, bodies: readonly [string, unknown][]): BadBody[] =>
  bodies.map(([name, body]) => [path, `${what} ${name}`, body]);

const bodies: BadBody[] = [
  ...at('/deals', 'a save', wrongBodies(save, [...parties, 'dealAmount'])),
  ...at('/deals', 'a use', wrongBodies(use, [...parties, 'point'])),
  ...at('/deals', 'a cancel', wrongBodies(cancel, [...parties, 'dealAmount'])),
  ...at('/deals', 'a cancel', wrongBodies({ ...cancel, type: 'useCancel' }, parties)),
  ['/deals', 'a use of no points', { ...use, point: 0 }],
  ['/deals', 'a use of no points in text', { ...use, point: ' 0' }],
  ['/deals', 'a save of nothing', { ...save, dealAmount: 0 }],
  ['/deals', 'a save that says its points', { ...save, point: 5 }],
  ['/deals', 'a save with an original', { ...save, originalDealId: 1 }],
  ['/deals', 'another type', { ...save, type: 'gift' }],
  ['/deals', 'a type in capitals', { ...save, type: 'SAVE' }],
  ['/deals', 'no type', { memberId: 1, merchantId: 20, dealAmount: 1 }],
  ['/deals', 'numbers with a comma', { ...save, dealAmount: '10,000' }],
  ['/deals', 'numbers in other digits', { ...save, dealAmount: '१०' }],
  ['/deals/1/cancel', 'anything in its body', { reason: 'none' }],
  ['/merchants', 'no name', {}],
  ['/merchants', 'a blank name', { name: '  ' }],
  ['/merchants', 'a name that is none', { name: 7 }],
  ['/merchants', 'a name of 101', { name: 'x'.repeat(101) }],
  ['/merchants', 'an id near 2^53', { ...merchant, id: Number.MAX_SAFE_INTEGER }],
  ['/merchants', 'a day for no terms', { ...merchant, validFrom: '2999-12-31' }],
  ['/merchants', 'a day that is none', { ...merchant, earnRateBps: 1, validFrom: '2026-02-30' }],
  ['/merchants', 'a rate above one', { ...merchant, earnRateBps: 10_001 }],
  ...at('/merchants', 'a merchant', [
    ...wrongBodies({ ...merchant, id: 1 }, ['id']).filter(([name]) => name !== 'without id'),
    ...rates.flatMap((rate) =>
      wrongBodies({ ...merchant, [rate]: 1 }, [rate]).filter(
        ([name]) => name !== `without ${rate}`,
      ),
    ),
  ]),
];

const paths: [string, string][] = [
  ...['0', '-1', '1.5', 'x', '9007199254740992', '%00', '1e3'].flatMap((id): [string, string][] => [
    ['GET', `/deals/${id}`],
    ['POST', `/deals/${id}/cancel`],
    ['GET', `/merchants/${id}`],
    ['PATCH', `/merchants/${id}`],
    ['GET', `/merchants/${id}/keys`],
    ['GET', `/merchants/${id}/terms`],
    ['POST', `/merchants/${id}/keys`],
    ['DELETE', `/merchants/${id}/keys/ab`],
  ]),
  ['DELETE', '/merchants/20/keys/NOT-HEX'],
  ...[
    ...['memberId=0', 'memberId=x', 'merchantId=-1', 'type=gift', 'status=done', 'limit=0'],
    ...['limit=201', 'cursor=x', 'from=yesterday', 'to=2026-13-01T00:00:00Z', 'colour=red'],
    ...['memberId=1&memberId=2', 'from=2026-11-23'],
  ].map((query): [string, string] => ['GET', `/deals?${query}`]),
  ...['limit=0', 'cursor=x', 'name=shop'].map((query): [string, string] => [
    ...(['GET', `/merchants?${query}`] as const),
  ]),
  ...['', 'billingMonth=202613', 'billingMonth=2026', 'billingMonth=202611&merchantId=x'].flatMap(
    (query): [string, string][] => [
      ['GET', `/settlementTotals?${query}`],
      ['GET', `/settlementDeals?${query}&limit=0`],
    ],
  ),
];

describe.each(['sqlite', 'mysql'] as const)('input that cannot be accepted, on %s,', (dialect) => {
  let place: DealPlace;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    // Doors are open here, so what is internal is asked with the credential of no one.
    await place.start();
    await place.ask('POST', '/merchants', { id: 20, name: 'shop' });
  });
  afterAll(() => place.remove());

  it('is refused with 400 and a code at every route that takes a body, and makes no deal', async () => {
    const wrong: unknown[] = [];
    for (const [path, name, body] of bodies) {
      const { status, body: problem } = await place.ask('POST', path, body);
      if (status !== 400 || problem['code'] !== 'INVALID_REQUEST') wrong.push([path, name, status]);
    }
    for (const [name, text] of notObjects) {
      for (const [method, path] of [
        ...(['/deals', '/merchants'] as const).map((each) => ['POST', each] as const),
        ['PATCH', '/merchants/20'] as const,
      ]) {
        const { status, body } = await place.ask(method, path, text);
        const isCoded = body['code'] === 'MALFORMED_JSON' || body['code'] === 'INVALID_REQUEST';
        if (status !== 400 || !isCoded) wrong.push([path, name, status]);
      }
    }
    for (const change of [
      {},
      { id: 5 },
      { name: '' },
      { earnRateBps: -1 },
      { commissionBps: 0.5 },
      ...['', 'today', '2026-02-30', '20261123', '1999-01-01', '3000-01-01', 1, null].map(
        (validFrom) => ({ earnRateBps: 1, validFrom }),
      ),
      { validFrom: '2999-12-31' },
      { name: 'x', validFrom: '2999-12-31' },
    ]) {
      const { status } = await place.ask('PATCH', '/merchants/20', change);
      if (status !== 400) wrong.push(['PATCH', change, status]);
    }
    expect(wrong).toEqual([]);
    const rows = await place.inDatabase((tx) => tx.query('SELECT id FROM deal'));
    expect(rows).toEqual([]);
    expect(place.point.asked).toEqual([]);
  });

  it('is refused with 400 and a code in every path and query', async () => {
    const wrong: unknown[] = [];
    for (const [method, path] of paths) {
      const { status, body } = await place.ask(
        method,
        path,
        method === 'PATCH' ? { name: 'x' } : undefined,
      );
      if (status !== 400 || typeof body['code'] !== 'string') wrong.push([method, path, status]);
    }
    expect(wrong).toEqual([]);
  });

  it('is refused by its size and kind', async () => {
    const large = await place.deal({ ...save, note: 'x'.repeat(70_000) });
    expect([large.status, large.body['code']]).toEqual([413, 'BODY_TOO_LARGE']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const other = await place.ask('POST', '/deals', 'type=save', form);
    expect([other.status, other.body['code']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('is not what is merely unusual: any script in a name, the largest amounts', async () => {
    const name = '부산 밀면 🍜';
    const made = await place.ask('POST', '/merchants', { id: '0031', name, earnRateBps: 10_000 });
    expect([made.status, made.body['name']]).toEqual([201, name]);
    place.point.balances.set(1, 0);
    const most = Number.MAX_SAFE_INTEGER;
    const saved = await place.deal({ ...save, merchantId: 31, dealAmount: String(most) });
    expect([saved.status, saved.body['point']]).toEqual([201, most]);
    const used = await place.deal({ ...use, dealAmount: most, point: most });
    expect([used.status, used.body['status']]).toEqual([201, 'success']);
    const next = await place.ask('POST', '/merchants', { name: 'next' });
    expect([next.status, next.body['id']]).toEqual([201, 32]);
  });
});
