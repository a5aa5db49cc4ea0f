import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../create-table.ts';

/** The table of idempotency keys and first answers. */
export class CreateIdempotencyKey1700000000001 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'CreateIdempotencyKey1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      mysql: `CREATE TABLE idempotency_key (
        caller VARCHAR(64) NOT NULL,
        idem_key VARCHAR(255) NOT NULL,
        fingerprint CHAR(64) NOT NULL,
        subject_id BIGINT NULL,
        response_status INT NULL,
        response_body MEDIUMTEXT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (caller, idem_key),
        KEY idempotency_key_created_at (created_at)
      )`,
      sqlite: [
        `CREATE TABLE idempotency_key (
          caller TEXT NOT NULL,
          idem_key TEXT NOT NULL,
          fingerprint TEXT NOT NULL,
          subject_id INTEGER NULL,
          response_status INTEGER NULL,
          response_body TEXT NULL,
          created_at INTEGER NOT NULL,
          PRIMARY KEY (caller, idem_key)
        )`,
        'CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at)',
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
  }
}
