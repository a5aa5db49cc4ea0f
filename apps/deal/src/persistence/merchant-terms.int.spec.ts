import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@onepoint/persistence';
import { DealPlace } from '../testing/deal-place.ts';
import { dealSchema } from './deal-schema.ts';
import { VersionTerms1763856300000 } from './migrations/1763856300000-version-terms.ts';
import { readMerchants } from './read-merchants.ts';

/** What the release before knew: everything but the versions. */
const previousRelease = {
  ...dealSchema,
  migrations: dealSchema.migrations.filter((each) => each !== VersionTerms1763856300000),
};

const merchantRow = (id: number, earnRateBps: number) => ({
  ...{ id, name: `shop ${id}`, earn_rate_bps: earnRateBps, commission_bps: 200 },
  ...{ earn_charge_bps: 0, sequence: 1, created_at: 1_000, updated_at: 5_000 },
});

describe.each(['sqlite', 'mysql'] as const)('versions of terms on %s', (dialect) => {
  let place: DealPlace;
  let database: Database;
  beforeAll(async () => {
    place = new DealPlace(dialect);
    await migrate(place.storage, previousRelease);
    database = await Database.open(place.storage, dealSchema);
    await database.transaction((tx) =>
      tx.insertRows('merchant', [merchantRow(1, 100), merchantRow(2, 250)]),
    );
    await migrate(place.storage, dealSchema);
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const ratesAt = async (instant: number): Promise<number[]> => {
    const ids = [3, 1, 2];
    const found = await database.read((sql) => readMerchants(sql, ids, instant));
    return ids.map((id) => found.get(id)?.earnRateBps ?? -1);
  };

  it('begin with what stood in the merchant’s row', async () => {
    const rows = await database.read((sql) =>
      sql.query(
        `SELECT merchant_id AS merchantId, valid_from AS validFrom, earn_rate_bps AS earnRateBps
         FROM merchant_terms ORDER BY merchant_id`,
      ),
    );
    expect(rows).toEqual([
      { merchantId: 1, validFrom: 1_000, earnRateBps: 100 },
      { merchantId: 2, validFrom: 1_000, earnRateBps: 250 },
    ]);
  });

  it('are not needed by a merchant whom the previous release registers meanwhile', async () => {
    await database.transaction((tx) => tx.insertRows('merchant', [merchantRow(3, 330)]));
    expect(await ratesAt(9_000)).toEqual([330, 100, 250]);
  });

  it('are in force by when they begin and then by when they were written, whatever their order', async () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const written = Array.from({ length: 120 }, () => ({
      ...{ merchant_id: 1 + random(2), valid_from: 2_000 + random(40) * 100 },
      ...{ earn_rate_bps: random(10_000), commission_bps: 0, earn_charge_bps: 0, written_at: 0 },
    }));
    await database.transaction((tx) => tx.insertRows('merchant_terms', written));
    for (let instant = 1_950; instant < 6_200; instant += 50) {
      const plainly = [1, 2].map((id) => {
        let best: { begins: number; rate: number } = { begins: 0, rate: id === 1 ? 100 : 250 };
        for (const version of written) {
          if (version.merchant_id !== id || version.valid_from > instant) continue;
          if (version.valid_from < best.begins) continue;
          best = { begins: version.valid_from, rate: version.earn_rate_bps };
        }
        return best.rate;
      });
      expect(await ratesAt(instant)).toEqual([330, ...plainly]);
    }
  });
});
