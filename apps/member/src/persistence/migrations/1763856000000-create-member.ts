import { createTable } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
  row_id VARCHAR(36) NOT NULL,
  status VARCHAR(10) NOT NULL,
  phone_hash VARCHAR(64) NULL,
  key_id VARCHAR(32) NULL,
  sealed BLOB NULL,
  sequence BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  withdrawn_at BIGINT NULL`;

/** Members, one row each for good. */
export class CreateMember1763856000000 implements MigrationInterface {
  readonly name = 'CreateMember1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      mysql: `CREATE TABLE member (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, ${COLUMNS})`,
      // AUTOINCREMENT: the id of a row that is gone is never given again.
      sqlite: `CREATE TABLE member (id INTEGER PRIMARY KEY AUTOINCREMENT, ${COLUMNS})`,
    });
    // Both engines let any number of rows have no phone: those who have withdrawn.
    await runner.query('CREATE UNIQUE INDEX member_phone_hash ON member (phone_hash)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE member');
  }
}
