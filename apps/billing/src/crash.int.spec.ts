import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

describe.each(['sqlite', 'mysql'] as const)('a run that breaks off on %s', (dialect) => {
  let place: BillingPlace;

  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
    await place.happen({ dealId: 1 }, { dealId: 2 });
  });
  afterEach(() => place.remove());

  const inTable = (table: string) =>
    place.inDatabase(async (tx) => (await tx.query(`SELECT * FROM ${table}`)).length);

  it('before its events are written leaves nothing behind, and the next one settles all', async () => {
    await place.inDatabase((tx) => tx.execute('ALTER TABLE outbox RENAME TO put_away'));
    expect(await place.settle()).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    await place.inDatabase((tx) => tx.execute('ALTER TABLE put_away RENAME TO outbox'));
    expect(await inTable('settlement_run')).toBe(0);
    expect(place.transport.said).toEqual([]);
    expect(await place.settle()).toMatchObject({
      status: 201,
      body: { netPoints: 200, runs: [{ dealCount: 2 }] },
    });
    const [said] = await place.transport.saidAtLeast(1);
    expect(said?.data.dealIds.toSorted()).toEqual([1, 2]);
  });

  it('is announced after the broker has come back', async () => {
    place.transport.status = 'down';
    expect((await place.settle()).status).toBe(201);
    expect(place.transport.said).toEqual([]);
    await place.stop();
    place.transport.status = 'up';
    await place.start();
    expect(await place.transport.saidAtLeast(1)).toHaveLength(1);
  });

  it('does not take a damaged line count for a settlement', async () => {
    await place.inDatabase((tx) => tx.execute('UPDATE billing SET line_count = 3'));
    expect((await place.settle()).status).toBe(500);
    expect(await inTable('settlement_run')).toBe(0);
  });

  it('keeps what was heard only when it is kept for good', async () => {
    await place.inDatabase((tx) => tx.execute('ALTER TABLE settlement_line RENAME TO put_away'));
    await expect(place.hear({ dealId: 3 })).rejects.toThrow();
    await place.inDatabase((tx) => tx.execute('ALTER TABLE put_away RENAME TO settlement_line'));
    await place.hear({ dealId: 3 });
    expect((await place.settle()).body).toMatchObject({ netPoints: 300 });
  });
});
