import { createTable, onBoth } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Terms of merchants in versions; what stands in `merchant` becomes version 1 of each.
 *
 * The previous version goes on serving meanwhile (P16): it reads and writes the rates in `merchant`,
 * which stay there. A merchant that it registers after this has run has no version yet, and its terms
 * are those in its row until the first version is written.
 */
export class VersionTerms1763856300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      onBoth(
        (id) => `
      CREATE TABLE merchant_terms (
        id ${id},
        merchant_id BIGINT NOT NULL,
        valid_from BIGINT NOT NULL,
        earn_rate_bps INT NOT NULL,
        commission_bps INT NOT NULL,
        earn_charge_bps INT NOT NULL,
        written_at BIGINT NOT NULL
      )`,
      ),
    );
    await runner.query(
      'CREATE INDEX merchant_terms_in_force ON merchant_terms (merchant_id, valid_from, id)',
    );
    await runner.query(
      `INSERT INTO merchant_terms
         (merchant_id, valid_from, earn_rate_bps, commission_bps, earn_charge_bps, written_at)
       SELECT id, created_at, earn_rate_bps, commission_bps, earn_charge_bps, updated_at
       FROM merchant ORDER BY id`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE merchant_terms');
  }
}
