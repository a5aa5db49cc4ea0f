// A process of its own: writes lines into a SQLite file and says each one's number once committed.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../create-table.ts';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';

class CreateLine1700000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const sql = 'CREATE TABLE line (id INTEGER PRIMARY KEY AUTOINCREMENT, half INTEGER NOT NULL)';
    await createTable(runner, { mysql: [], sqlite: sql });
  }
  async down(): Promise<void> {}
}

const storage = { kind: 'sqlite', file: process.argv[2] ?? '' } as const;
const schema = { entities: [], migrations: [CreateLine1700000000400] };
await migrate(storage, schema);
const db = await Database.open(storage, schema);

async function write(): Promise<never> {
  for (;;) {
    const ids = await db.transaction(async (tx) => {
      const first = await tx.insertRows('line', [{ half: 1 }]);
      const second = await tx.insertRows('line', [{ half: 2 }]);
      return [...first.ids, ...second.ids];
    });
    process.stdout.write(`${ids.join('\n')}\n`);
  }
}

await Promise.all([write(), write(), write(), write()]);
