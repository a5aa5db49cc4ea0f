import { createTable, onBoth } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their ledger, and the changes that wait. */
export class CreateLedger1763856000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      onBoth(
        () => `
      CREATE TABLE account (
        member_id BIGINT NOT NULL PRIMARY KEY,
        balance BIGINT NOT NULL,
        status VARCHAR(8) NOT NULL,
        sequence BIGINT NOT NULL,
        opened_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
      )`,
      ),
    );
    await createTable(
      runner,
      onBoth(
        () => `
      CREATE TABLE ledger_entry (
        cause VARCHAR(12) NOT NULL,
        cause_id BIGINT NOT NULL,
        member_id BIGINT NOT NULL,
        kind VARCHAR(12) NOT NULL,
        outcome VARCHAR(12) NOT NULL,
        reason VARCHAR(32) NULL,
        delta BIGINT NOT NULL,
        balance_after BIGINT NULL,
        sequence BIGINT NULL,
        decided_at BIGINT NOT NULL,
        PRIMARY KEY (cause, cause_id)
      )`,
      ),
    );
    await runner.query(
      'CREATE UNIQUE INDEX ledger_entry_history ON ledger_entry (member_id, sequence)',
    );
    await createTable(
      runner,
      onBoth(
        () => `
      CREATE TABLE waiting_change (
        deal_id BIGINT NOT NULL PRIMARY KEY,
        member_id BIGINT NOT NULL,
        kind VARCHAR(12) NOT NULL,
        point BIGINT NOT NULL,
        original_deal_id BIGINT NULL,
        reason VARCHAR(32) NOT NULL,
        since BIGINT NOT NULL,
        next_try_at BIGINT NOT NULL,
        tries INT NOT NULL
      )`,
      ),
    );
    await runner.query('CREATE INDEX waiting_change_due ON waiting_change (next_try_at)');
    await runner.query('CREATE INDEX waiting_change_member ON waiting_change (member_id)');
    await runner.query('CREATE INDEX waiting_change_original ON waiting_change (original_deal_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['waiting_change', 'ledger_entry', 'account']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
