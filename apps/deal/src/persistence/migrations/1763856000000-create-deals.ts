import { createTable, onBoth } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deals, merchants, and the hashes of their keys. */
export class CreateDeals1763856000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      onBoth(
        (id) => `
      CREATE TABLE deal (
        id ${id},
        member_id BIGINT NOT NULL,
        merchant_id BIGINT NOT NULL,
        type VARCHAR(12) NOT NULL,
        deal_amount BIGINT NOT NULL,
        point BIGINT NOT NULL,
        status VARCHAR(8) NOT NULL,
        fail_reason VARCHAR(64) NULL,
        point_status VARCHAR(8) NULL,
        point_reason VARCHAR(64) NULL,
        billing_status VARCHAR(3) NOT NULL,
        original_deal_id BIGINT NULL,
        original_deal_date BIGINT NULL,
        cancelled_by_deal_id BIGINT NULL,
        earn_rate_bps INT NOT NULL,
        commission_bps INT NOT NULL,
        earn_charge_bps INT NOT NULL,
        deal_date BIGINT NOT NULL
      )`,
      ),
    );
    await runner.query('CREATE INDEX deal_by_member ON deal (member_id, id)');
    await runner.query('CREATE INDEX deal_by_merchant_date ON deal (merchant_id, deal_date)');
    await runner.query('CREATE INDEX deal_by_status ON deal (status, id)');
    await runner.query('CREATE UNIQUE INDEX deal_by_original ON deal (original_deal_id)');
    await createTable(
      runner,
      onBoth(
        (id) => `
      CREATE TABLE merchant (
        id ${id},
        name VARCHAR(100) NOT NULL,
        earn_rate_bps INT NOT NULL,
        commission_bps INT NOT NULL,
        earn_charge_bps INT NOT NULL,
        sequence BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      ),
    );
    await createTable(
      runner,
      onBoth(
        () => `
      CREATE TABLE merchant_key (
        key_id VARCHAR(64) NOT NULL PRIMARY KEY,
        merchant_id BIGINT NOT NULL,
        hash VARCHAR(64) NOT NULL,
        created_at BIGINT NOT NULL,
        revoked_at BIGINT NULL
      )`,
      ),
    );
    await runner.query('CREATE INDEX merchant_key_by_merchant ON merchant_key (merchant_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['merchant_key', 'merchant', 'deal']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
