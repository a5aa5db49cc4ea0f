import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from './create-table.ts';
import type { SchemaParts } from './storage.ts';

/**
 * A table that is always empty. MySQL cannot end a transaction on a condition by itself; a statement that would write
 * NULL into this column exactly when the condition does not hold stops the packet in which it travels.
 */
class CreateMustHold1700000000003 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'CreateMustHold1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      mysql: 'CREATE TABLE must_hold (must_hold TINYINT NOT NULL PRIMARY KEY)',
      sqlite: [],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS must_hold');
  }
}

/** What a service adds to its schema to use `tx.later.requireNone` and `affects`. */
export const conditionsSchema: SchemaParts = {
  entities: [],
  migrations: [CreateMustHold1700000000003],
};
