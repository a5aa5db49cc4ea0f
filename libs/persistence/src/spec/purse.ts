import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Column, Entity } from 'typeorm';
import { bigintColumn, generatedIdColumn, instantColumn } from '../columns.ts';
import { createTable } from '../create-table.ts';
import type { SchemaParts } from '../storage.ts';

/** The table that the specs write into. */
@Entity('purse')
export class Purse {
  @Column(generatedIdColumn())
  id!: number;

  @Column({ type: 'varchar', length: 100, nullable: true })
  label!: string | null;

  @Column(bigintColumn())
  balance!: number;

  @Column(instantColumn({ name: 'changed_at', nullable: true }))
  changedAt!: number | null;
}

export class CreatePurse1700000000100 implements MigrationInterface {
  readonly name = 'CreatePurse1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      mysql: `CREATE TABLE purse (
        id BIGINT NOT NULL AUTO_INCREMENT, label VARCHAR(100) NULL, balance BIGINT NOT NULL,
        changed_at BIGINT NULL, bytes VARBINARY(16) NULL,
        PRIMARY KEY (id), UNIQUE KEY purse_label (label))`,
      sqlite: `CREATE TABLE purse (
        id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NULL UNIQUE, balance INTEGER NOT NULL,
        changed_at INTEGER NULL, bytes BLOB NULL)`,
    });
    await createTable(runner, {
      mysql: 'CREATE TABLE tag (word VARCHAR(20) NOT NULL PRIMARY KEY)',
      sqlite: 'CREATE TABLE tag (word TEXT NOT NULL PRIMARY KEY)',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tag');
    await runner.query('DROP TABLE purse');
  }
}

export const purseSchema: SchemaParts = {
  entities: [Purse],
  migrations: [CreatePurse1700000000100],
};
