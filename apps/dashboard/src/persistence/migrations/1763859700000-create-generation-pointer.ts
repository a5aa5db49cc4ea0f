import { createTable } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Says which generation of the read model is serving, and which is being built beside it. `building`
 * counts once its tables are all there (`is_ready`); a number is never used twice.
 */
export class CreateGenerationPointer1763859700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = `CREATE TABLE generation_pointer (
      name VARCHAR(16) NOT NULL PRIMARY KEY,
      serving INT NOT NULL,
      building INT NULL,
      is_ready INT NOT NULL,
      newest INT NOT NULL
    )`;
    await createTable(runner, { mysql: table, sqlite: table });
    await runner.query(
      `INSERT INTO generation_pointer (name, serving, building, is_ready, newest)
       VALUES ('read model', 1, NULL, 0, 1)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE generation_pointer');
  }
}
