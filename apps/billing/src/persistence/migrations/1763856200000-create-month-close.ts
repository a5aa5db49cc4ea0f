import { createTable } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Closes of months, and where each merchant of them stands. */
export class CreateMonthClose1763856200000 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'CreateMonthClose1763856200000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, { mysql: monthClose, sqlite: monthClose });
    await createTable(runner, { mysql: closeMerchant, sqlite: `${closeMerchant} WITHOUT ROWID` });
    await runner.query(
      'CREATE INDEX close_merchant_state ON close_merchant (billing_month, state, merchant_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE close_merchant');
    await runner.query('DROP TABLE month_close');
  }
}

const monthClose = `CREATE TABLE month_close (
  billing_month CHAR(6) NOT NULL PRIMARY KEY,
  state VARCHAR(8) NOT NULL,
  pass_no INT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NULL,
  code VARCHAR(64) NULL,
  owner VARCHAR(64) NOT NULL,
  lease_until BIGINT NOT NULL
)`;

const closeMerchant = `CREATE TABLE close_merchant (
  billing_month CHAR(6) NOT NULL,
  merchant_id BIGINT NOT NULL,
  state VARCHAR(10) NOT NULL,
  code VARCHAR(64) NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (billing_month, merchant_id)
)`;
