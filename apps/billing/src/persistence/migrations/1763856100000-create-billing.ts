import { createTable, onBoth } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Merchants, billings with their lines and runs, and what is still to be announced of a run. */
export class CreateBilling1763856100000 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'CreateBilling1763856100000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, same(merchant));
    await createTable(runner, same(merchantKey));
    await runner.query('CREATE INDEX merchant_key_owner ON merchant_key (merchant_id)');
    await createTable(runner, onBoth(billing));
    await runner.query('CREATE UNIQUE INDEX billing_of ON billing (merchant_id, billing_month)');
    await runner.query('CREATE INDEX billing_by_month ON billing (billing_month, merchant_id)');
    await createTable(runner, same(billingTerms));
    // Without its own row ids a SQLite table is kept in the order of its key, as InnoDB does.
    await createTable(runner, { mysql: settlementLine, sqlite: `${settlementLine} WITHOUT ROWID` });
    await runner.query('CREATE UNIQUE INDEX settlement_line_deal ON settlement_line (deal_id)');
    await createTable(runner, onBoth(settlementRun));
    await runner.query(
      'CREATE UNIQUE INDEX settlement_run_place ON settlement_run (billing_id, first_place)',
    );
    await runner.query(
      'CREATE UNIQUE INDEX settlement_run_no ON settlement_run (billing_id, run_no)',
    );
    await createTable(runner, same(runAnnouncement));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'run_announcement',
      'settlement_run',
      'settlement_line',
      'billing_terms',
      'billing',
      'merchant_key',
      'merchant',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}

const merchant = `CREATE TABLE merchant (
  merchant_id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  earn_rate_bps INT NOT NULL,
  commission_bps INT NOT NULL,
  earn_charge_bps INT NOT NULL,
  sequence BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
)`;

const merchantKey = `CREATE TABLE merchant_key (
  key_id VARCHAR(64) NOT NULL PRIMARY KEY,
  merchant_id BIGINT NOT NULL,
  hash CHAR(64) NOT NULL
)`;

const billing = (ownId: string) => `CREATE TABLE billing (
  id ${ownId},
  merchant_id BIGINT NOT NULL,
  billing_month CHAR(6) NOT NULL,
  line_count BIGINT NOT NULL,
  settled_through BIGINT NOT NULL,
  run_count BIGINT NOT NULL,
  chunk_count BIGINT NOT NULL,
  net_amount BIGINT NOT NULL,
  created_at BIGINT NOT NULL
)`;

const billingTerms = `CREATE TABLE billing_terms (
  billing_id BIGINT NOT NULL,
  type VARCHAR(12) NOT NULL,
  commission_bps INT NOT NULL,
  earn_charge_bps INT NOT NULL,
  deal_count BIGINT NOT NULL,
  points BIGINT NOT NULL,
  PRIMARY KEY (billing_id, type, commission_bps, earn_charge_bps)
)`;

const settlementLine = `CREATE TABLE settlement_line (
  billing_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  deal_id BIGINT NOT NULL,
  member_id BIGINT NOT NULL,
  type VARCHAR(12) NOT NULL,
  point BIGINT NOT NULL,
  commission_bps INT NOT NULL,
  earn_charge_bps INT NOT NULL,
  deal_date BIGINT NOT NULL,
  original_deal_id BIGINT NULL,
  heard_at BIGINT NOT NULL,
  PRIMARY KEY (billing_id, place)
)`;

const settlementRun = (ownId: string) => `CREATE TABLE settlement_run (
  id ${ownId},
  billing_id BIGINT NOT NULL,
  run_no BIGINT NOT NULL,
  first_place BIGINT NOT NULL,
  last_place BIGINT NOT NULL,
  first_chunk BIGINT NOT NULL,
  settled_at BIGINT NOT NULL,
  deal_count BIGINT NOT NULL,
  used_points BIGINT NOT NULL,
  cancelled_points BIGINT NOT NULL,
  net_points BIGINT NOT NULL,
  commission BIGINT NOT NULL,
  billing_amount BIGINT NOT NULL,
  earned_points BIGINT NOT NULL,
  earn_cancelled_points BIGINT NOT NULL,
  earn_charge BIGINT NOT NULL,
  net_amount BIGINT NOT NULL
)`;

const runAnnouncement = `CREATE TABLE run_announcement (
  run_id BIGINT NOT NULL PRIMARY KEY,
  next_chunk BIGINT NOT NULL
)`;

const same = (statement: string) => ({ mysql: statement, sqlite: statement });
