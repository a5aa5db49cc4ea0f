import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecoverPending } from './commands/recover-pending.ts';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';

const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;
const isReplay = ({ headers }: Answer) => headers.get('idempotent-replayed') === 'true';

describe.each(['sqlite', 'mysql'] as const)('an Idempotency-Key on %s', (dialect) => {
  let place: DealPlace;
  let member = 0;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await place.start();
    for (const id of [20, 21]) await place.ask('POST', '/merchants', { id, name: `shop ${id}` });
  });
  afterAll(() => place.remove());
  beforeEach(() => {
    member += 1;
    place.point.balances.set(member, 1_000);
    place.point.manner = 'answers';
  });

  const save = () => ({
    ...{ type: 'save', memberId: member, merchantId: 20, dealAmount: 10_000 },
  });
  const use = (point = 100) => ({ ...save(), type: 'use', point });
  const keyOf = (name: string) => `${name} ${member}`;
  const dealsOfMember = async (): Promise<unknown[]> =>
    (await place.ask('GET', `/deals?memberId=${member}`)).body['items'] as unknown[];

  it('gives the first answer again, however the same request is written', async () => {
    for (const [name, body] of Object.entries({ save: save(), use: use(), refused: use(9_999) })) {
      const first = await place.deal(body, keyOf(name));
      const spelled = { ...body, memberId: ` 0${member}`, dealAmount: '10000' };
      const again = await place.deal(spelled, keyOf(name));
      expect([again.status, again.body]).toEqual([first.status, first.body]);
      expect([isReplay(first), isReplay(again)]).toEqual([false, true]);
    }
    expect(await dealsOfMember()).toHaveLength(3);
    expect(place.point.balances.get(member)).toBe(1_000);
  });

  it('gives the first answer to a use again, whatever became of it since', async () => {
    const first = await place.deal(use(), keyOf('use'));
    const dealId = first.body['id'] as number;
    await place.ask('POST', `/deals/${dealId}/cancel`);
    await place.inDatabase((tx) =>
      tx.execute(`UPDATE deal SET billing_status = 'yes' WHERE id = ?`, [dealId]),
    );
    const again = await place.deal(use(), keyOf('use'));
    expect([again.status, again.body, isReplay(again)]).toEqual([201, first.body, true]);
  });

  it('gives the first answer to a cancel again, in each of its forms', async () => {
    const used = await place.deal(use());
    const path = `/deals/${used.body['id'] as number}/cancel`;
    const headers = { 'idempotency-key': keyOf('cancel') };
    const first = await place.ask('POST', path, undefined, headers);
    const again = await place.ask('POST', path, {}, headers);
    expect([again.status, again.body, isReplay(again)]).toEqual([201, first.body, true]);
    await place.deal(save());
    const newest = { ...save(), type: 'cancel' };
    const seeds = [await place.deal(newest, keyOf('s')), await place.deal(newest, keyOf('s'))];
    expect(seeds[1]?.body).toEqual(seeds[0]?.body);
  });

  it('is refused for another request', async () => {
    await place.deal(save(), keyOf('k'));
    expect(codeOf(await place.deal(use(), keyOf('k')))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(codeOf(await place.deal({ ...save(), merchantId: 21 }, keyOf('k')))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('makes one deal of 50 requests at once', async () => {
    // So long that all of them come while the first is under way.
    place.point.delayMs = 500;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => place.deal(use(), keyOf('fifty'))),
    );
    place.point.delayMs = 0;
    const made = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(new Set(made.map(({ body }) => body['id'])).size).toBe(1);
    expect(new Set(others.map(codeOf))).toEqual(new Set(['REQUEST_IN_PROGRESS']));
    expect(others[0]?.headers.get('retry-after')).toBe('1');
    expect(await dealsOfMember()).toHaveLength(1);
    expect(place.point.balances.get(member)).toBe(900);
  });

  it('is free again when points could not be used, and the next try is a deal of its own', async () => {
    place.point.manner = 'cuts-before-effect';
    const failed = await place.deal(use(), keyOf('retry'));
    expect(codeOf(failed)).toBe('POINT_UNAVAILABLE');
    place.point.manner = 'answers';
    const second = await place.deal(use(), keyOf('retry'));
    expect([second.status, isReplay(second), second.body['status']]).toEqual([
      ...[201, false, 'success'],
    ]);
    expect(second.body['id']).not.toBe(failed.body['dealId']);
  });

  it('is free again when the request was refused', async () => {
    const stranger = { ...save(), merchantId: 99 };
    expect(codeOf(await place.deal(stranger, keyOf('free')))).toBe('MERCHANT_NOT_FOUND');
    expect((await place.deal(save(), keyOf('free'))).status).toBe(201);
  });

  /** As a crash leaves it: the deal and its key are recorded, the answer is not. */
  const forgetAnswer = (key: string, change: string): Promise<unknown> =>
    place.inDatabase(async (tx) => {
      await tx.execute(
        `UPDATE deal SET ${change} WHERE id = (SELECT subject_id FROM idempotency_key WHERE idem_key = ?)`,
        [key],
      );
      await tx.execute(
        'UPDATE idempotency_key SET response_status = NULL, response_body = NULL WHERE idem_key = ?',
        [key],
      );
    });
  const minuteAgo = Date.now() - 60_000;

  it('answers with the deal itself when the process died before its answer was kept', async () => {
    const first = await place.deal(save(), keyOf('left'));
    await forgetAnswer(keyOf('left'), 'cancelled_by_deal_id = NULL');
    expect(codeOf(await place.deal(save(), keyOf('left')))).toBe('REQUEST_IN_PROGRESS');
    await forgetAnswer(keyOf('left'), `deal_date = ${minuteAgo}`);
    const again = await place.deal(save(), keyOf('left'));
    expect([again.status, isReplay(again), again.body['id']]).toEqual([
      201,
      true,
      first.body['id'],
    ]);
  });

  it('is free again when recovery has failed the use that a crash left pending', async () => {
    const key = keyOf('crashed');
    const first = await place.deal(use(), key);
    const pending = "status = 'pending', point_status = NULL";
    await forgetAnswer(key, `${pending}, deal_date = ${minuteAgo}`);
    expect(codeOf(await place.deal(use(), key))).toBe('REQUEST_IN_PROGRESS');
    await place.replica().service.app.get(RecoverPending).sweep();
    expect(await place.get(first.body['id'])).toMatchObject({ failReason: 'POINT_UNAVAILABLE' });
    expect(codeOf(await place.deal(use(101), key))).toBe('IDEMPOTENCY_KEY_REUSED');
    const tries = await Promise.all(Array.from({ length: 10 }, () => place.deal(use(), key)));
    const made = tries.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => [body['id'], body['status']].join()))).toEqual(
      new Set([[made[0]?.body['id'], 'success'].join()]),
    );
    expect(made[0]?.body['id']).not.toBe(first.body['id']);
    expect(await dealsOfMember()).toHaveLength(2);
  });

  it('belongs to its caller', async () => {
    const bearers = await Promise.all(
      [20, 21].map(async (id) => {
        const { body } = await place.ask('POST', `/merchants/${id}/keys`);
        return { authorization: `Bearer ${String(body['secret'])}`, 'idempotency-key': 'ours' };
      }),
    );
    const answers = [20, 21].map((merchantId, at) =>
      place.ask('POST', '/deals', { ...save(), merchantId }, bearers[at]),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([201, 201]);
  });

  it('makes one API key for a merchant, and shows its secret once', async () => {
    const headers = { 'idempotency-key': keyOf('api key') };
    const make = (id: number) => place.ask('POST', `/merchants/${id}/keys`, undefined, headers);
    const [first, again] = [await make(21), await make(21)];
    expect(first.body['secret']).toMatch(/^opk_/);
    expect([again.status, again.body, isReplay(again)]).toEqual([
      ...[201, { ...first.body, secret: null }, true],
    ]);
    const { items } = (await place.ask('GET', '/merchants/21/keys')).body;
    const ids = (items as { keyId: string }[]).map(({ keyId }) => keyId);
    expect(ids.filter((keyId) => keyId === first.body['keyId'])).toHaveLength(1);
    expect(codeOf(await make(20))).toBe('IDEMPOTENCY_KEY_REUSED');
    const kept = await place.inDatabase((tx) =>
      tx.query('SELECT * FROM idempotency_key WHERE idem_key = ?', [headers['idempotency-key']]),
    );
    expect(JSON.stringify(kept)).not.toContain(String(first.body['secret']));
  });

  it('registers a merchant once', async () => {
    const shop = { name: `shop of ${member}` };
    const headers = { 'idempotency-key': keyOf('merchant') };
    const first = await place.ask('POST', '/merchants', shop, headers);
    const again = await place.ask('POST', '/merchants', shop, headers);
    expect([first.status, isReplay(first)]).toEqual([201, false]);
    expect([again.status, isReplay(again), again.body]).toEqual([201, true, first.body]);
    const other = await place.ask('POST', '/merchants', { name: 'another' }, headers);
    expect(codeOf(other)).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each(['', 'k'.repeat(256)])('may not be %j', async (key) => {
    expect(codeOf(await place.deal(save(), key))).toBe('INVALID_REQUEST');
  });
});
