import { createTable } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events of many requests share one row: each has a trace of its own. A relay of the version before does
 * not read the column and publishes without the traces (P16).
 */
export class AddTraceparents1700000000002 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'AddTraceparents1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      mysql: 'ALTER TABLE outbox ADD COLUMN traceparents TEXT NULL',
      sqlite: 'ALTER TABLE outbox ADD COLUMN traceparents TEXT NULL',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox DROP COLUMN traceparents');
  }
}
