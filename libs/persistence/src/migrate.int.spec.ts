import { describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { Purse } from './spec/purse.ts';
import { enginesWith, specSchema } from './spec/storages.ts';
import type { FreshStorage } from './spec/storages.ts';
import { joinSchemas } from './storage.ts';
import type { SchemaParts } from './storage.ts';

class AddColour1700000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.manager.save(Purse, { label: 'made by a migration', balance: 0 });
    await runner.query('ALTER TABLE purse ADD COLUMN colour VARCHAR(10) NULL');
  }
  async down(): Promise<void> {}
}

class Fails1700000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE NONSENSE');
  }
  async down(): Promise<void> {}
}

const names = [
  'CreateIdempotencyKey1700000000001',
  'CreateMustHold1700000000003',
  'CreatePurse1700000000100',
];
const colour: SchemaParts = { entities: [], migrations: [AddColour1700000000200] };
const failing: SchemaParts = { entities: [], migrations: [Fails1700000000300] };

describe.each(enginesWith(process.env['MYSQL_URL']))('migrating $engine', ({ fresh }) => {
  const within = async (
    look: (storage: FreshStorage['storage']) => Promise<void>,
  ): Promise<void> => {
    const { storage, drop } = await fresh();
    try {
      await look(storage);
    } finally {
      await drop();
    }
  };

  it('runs what has not run yet, once', () =>
    within(async (storage) => {
      expect(await migrate(storage, specSchema)).toEqual(names);
      expect(await migrate(storage, specSchema)).toEqual([]);
      const more = joinSchemas(specSchema, colour);
      expect(await migrate(storage, more)).toEqual(['AddColour1700000000200']);
    }));

  it('lets runs that start together take turns', () =>
    within(async (storage) => {
      const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(storage, specSchema)));
      expect(runs.flat().sort()).toEqual(names);
    }));

  it('says which statement failed, keeps what ran before on MySQL and nothing on SQLite', () =>
    within(async (storage) => {
      const broken = joinSchemas(specSchema, failing);
      await expect(migrate(storage, broken)).rejects.toMatchObject({ name: 'StatementFailed' });
      expect(await migrate(storage, specSchema)).toEqual(storage.kind === 'mysql' ? [] : names);
    }));

  it('migrates a database while another process is using it', () =>
    within(async (storage) => {
      await migrate(storage, specSchema);
      const db = await Database.open(storage, specSchema);
      const before = await db.read((sql) => sql.query('SELECT * FROM purse'));
      await migrate(storage, joinSchemas(specSchema, colour));
      const after = await db.read((sql) => sql.query('SELECT label, colour FROM purse'));
      expect([before, after]).toEqual([[], [{ label: 'made by a migration', colour: null }]]);
      await db.close();
    }));
});

describe('a database in memory', () => {
  it('is born migrated, as its own', async () => {
    const memory = { kind: 'sqlite', file: ':memory:' } as const;
    expect(await migrate(memory, specSchema)).toEqual(names);
    const one = await Database.open(memory, specSchema);
    const other = await Database.open(memory, specSchema);
    await one.transaction((tx) => tx.insertRows('purse', [{ balance: 1 }]));
    const rows = await Promise.all(
      [one, other].map((db) => db.read((sql) => sql.query('SELECT balance FROM purse'))),
    );
    expect(rows).toEqual([[{ balance: 1 }], []]);
    await one.close();
    await other.close();
  });
});
