import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecoverPending } from './commands/recover-pending.ts';
import { DealPlace } from './testing/deal-place.ts';
import type { Answer } from './testing/deal-place.ts';

const codeOf = ({ status, body }: Answer): unknown => body['code'] ?? status;

describe('two replicas of Deal', () => {
  let place: DealPlace;
  beforeAll(async () => {
    place = new DealPlace('mysql');
    await place.start();
    await place.start();
    await place.ask('POST', '/merchants', { id: 20, name: 'shop' });
    place.point.balances.set(1, 1_000);
  });
  afterAll(() => place.remove());

  it('make one deal of many requests with one key', async () => {
    const use = { type: 'use', memberId: 1, merchantId: 20, point: 100 };
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => place.deal(use, 'both', at % 2)),
    );
    const codes = new Set(answers.map(codeOf));
    expect([...codes].filter((code) => code !== 'REQUEST_IN_PROGRESS')).toEqual([201]);
    expect(place.point.balances.get(1)).toBe(900);
  });

  it('take over a use that a crash left behind, one of them', async () => {
    const use = { type: 'use', memberId: 1, merchantId: 20, point: 1 };
    for (let round = 1; round <= 5; round += 1) {
      const key = `left ${round}`;
      const first = await place.deal(use, key);
      await place.inDatabase(async (tx) => {
        const failed = "status = 'fail', fail_reason = 'POINT_UNAVAILABLE', point_status = NULL";
        await tx.execute(`UPDATE deal SET ${failed} WHERE id = ?`, [first.body['id']]);
        const forgotten = 'response_status = NULL, response_body = NULL';
        await tx.execute(`UPDATE idempotency_key SET ${forgotten} WHERE idem_key = ?`, [key]);
      });
      const tries = await Promise.all([0, 1, 0, 1].map((at) => place.deal(use, key, at)));
      expect(tries.map(codeOf).filter((code) => typeof code === 'string')).toEqual(
        tries.flatMap((each) => (each.status === 201 ? [] : ['REQUEST_IN_PROGRESS'])),
      );
      const made = new Set(tries.flatMap(({ body }) => body['id'] ?? []));
      expect(made.size).toBe(1);
    }
  });

  it('cancel one deal once between them, and two for two cancels without an id', async () => {
    const save = { type: 'save', memberId: 1, merchantId: 20, dealAmount: 77_000 };
    const { body } = await place.deal(save);
    const path = `/deals/${body['id'] as number}/cancel`;
    const cancels = await Promise.all(
      Array.from({ length: 20 }, (_, at) => place.ask('POST', path, undefined, {}, at % 2)),
    );
    expect(cancels.map(codeOf).toSorted()).toEqual([
      ...[201, ...Array<string>(19).fill('DEAL_ALREADY_CANCELLED')],
    ]);
    const ids = [await place.deal(save), await place.deal(save)].map((each) => each.body['id']);
    const newest = { ...save, type: 'cancel' };
    const taken = await Promise.all([0, 1].map((at) => place.deal(newest, undefined, at)));
    expect(new Set(taken.map((each) => each.body['originalDealId']))).toEqual(new Set(ids));
  });

  it('recover the same pending uses at once, and each fails once', async () => {
    const use = { type: 'use', memberId: 2, merchantId: 20, point: 1 };
    place.point.balances.set(2, 30);
    await Promise.all(Array.from({ length: 30 }, () => place.deal(use)));
    await place.inDatabase((tx) =>
      tx.execute(
        "UPDATE deal SET status = 'pending', point_status = NULL, deal_date = 1 WHERE member_id = 2",
      ),
    );
    const recoveries = [0, 1].map((at) => place.replica(at).service.app.get(RecoverPending));
    await Promise.all([...recoveries, ...recoveries].map((recovery) => recovery.sweep()));
    const rows = await place.inDatabase(async (tx) => ({
      pending: await tx.query("SELECT id FROM deal WHERE status = 'pending'"),
      told: await tx.query<{ events: string }>('SELECT events FROM outbox'),
    }));
    const failed = rows.told
      .flatMap(({ events }) => JSON.parse(events) as { type: string; subject: string }[])
      .flatMap(({ type, subject }) => (type === 'deal.failed' ? [subject] : []));
    expect(rows.pending).toEqual([]);
    expect(failed).toHaveLength(30);
    expect(new Set(failed).size).toBe(30);
  });
});
