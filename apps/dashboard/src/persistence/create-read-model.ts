import { createTable } from '@onepoint/persistence';
import type { QueryRunner } from 'typeorm';
import type { ReadModelTables } from './read-model-tables.ts';

/** Creates the empty tables of one generation, with the indexes that keep its lists flat (S5). */
export async function createReadModel(runner: QueryRunner, tables: ReadModelTables): Promise<void> {
  const statements = [
    ...dealTables(tables),
    ...pointTables(tables),
    ...settlementTables(tables),
    ...smallTables(tables),
  ];
  await createTable(runner, { mysql: statements, sqlite: statements });
}

/** Drops the tables of one generation. */
export async function dropReadModel(runner: QueryRunner, tables: ReadModelTables): Promise<void> {
  for (const table of Object.values(tables)) await runner.query(`DROP TABLE ${table}`);
}

/**
 * Everything but the key and `billing_status` may be unknown: any fact of a deal may be the first that
 * is heard of it. Lists are read by equality on all columns before `deal_date`.
 */
function dealTables({ deal, deferredDeal }: ReadModelTables): string[] {
  return [
    `CREATE TABLE ${deal} (
      deal_id BIGINT NOT NULL PRIMARY KEY,
      member_id BIGINT NULL,
      merchant_id BIGINT NULL,
      type VARCHAR(10) NULL,
      deal_amount BIGINT NULL,
      point BIGINT NULL,
      deal_date BIGINT NULL,
      status VARCHAR(7) NULL,
      fail_reason VARCHAR(64) NULL,
      original_deal_id BIGINT NULL,
      cancelled_by_deal_id BIGINT NULL,
      point_outcome VARCHAR(7) NULL,
      point_reason VARCHAR(64) NULL,
      point_changed_at BIGINT NULL,
      billing_status VARCHAR(3) NOT NULL,
      billing_id BIGINT NULL,
      run_id BIGINT NULL
    )`,
    `CREATE INDEX ${deal}_by_member ON ${deal} (member_id, deal_date, deal_id)`,
    `CREATE INDEX ${deal}_by_merchant
      ON ${deal} (merchant_id, status, type, billing_status, deal_date, deal_id)`,
    `CREATE INDEX ${deal}_by_kind ON ${deal} (status, type, billing_status, deal_date, deal_id)`,
    `CREATE TABLE ${deferredDeal} (
      deal_id BIGINT NOT NULL PRIMARY KEY,
      deal_date BIGINT NOT NULL
    )`,
    `CREATE INDEX ${deferredDeal}_by_date ON ${deferredDeal} (deal_date, deal_id)`,
  ];
}

function pointTables({ balance, pointEntry }: ReadModelTables): string[] {
  return [
    `CREATE TABLE ${balance} (
      member_id BIGINT NOT NULL PRIMARY KEY,
      sequence BIGINT NOT NULL,
      balance BIGINT NOT NULL,
      changed_at BIGINT NOT NULL,
      closed_at BIGINT NULL
    )`,
    `CREATE TABLE ${pointEntry} (
      member_id BIGINT NOT NULL,
      sequence BIGINT NOT NULL,
      deal_id BIGINT NULL,
      kind VARCHAR(12) NOT NULL,
      outcome VARCHAR(7) NOT NULL,
      reason VARCHAR(64) NULL,
      delta BIGINT NOT NULL,
      balance BIGINT NOT NULL,
      entered_at BIGINT NOT NULL,
      PRIMARY KEY (member_id, sequence)
    )`,
  ];
}

function settlementTables({ settlementChunk, settlementRun }: ReadModelTables): string[] {
  return [
    `CREATE TABLE ${settlementChunk} (
      run_id BIGINT NOT NULL,
      chunk INT NOT NULL,
      PRIMARY KEY (run_id, chunk)
    )`,
    `CREATE TABLE ${settlementRun} (
      run_id BIGINT NOT NULL PRIMARY KEY,
      billing_id BIGINT NOT NULL,
      merchant_id BIGINT NOT NULL,
      billing_month VARCHAR(6) NOT NULL,
      settled_at BIGINT NOT NULL,
      chunks INT NOT NULL,
      chunks_heard INT NOT NULL,
      deals_named BIGINT NOT NULL,
      deals_known BIGINT NOT NULL,
      used_points BIGINT NOT NULL,
      cancelled_points BIGINT NOT NULL
    )`,
    `CREATE INDEX ${settlementRun}_by_billing ON ${settlementRun} (billing_id)`,
    `CREATE INDEX ${settlementRun}_by_merchant
      ON ${settlementRun} (merchant_id, billing_month, billing_id)`,
    `CREATE INDEX ${settlementRun}_by_month ON ${settlementRun} (billing_month, billing_id)`,
  ];
}

function smallTables({ member, merchant, dayTotal, heardSource }: ReadModelTables): string[] {
  return [
    `CREATE TABLE ${member} (
      member_id BIGINT NOT NULL PRIMARY KEY,
      joined_at BIGINT NULL,
      withdrawn_at BIGINT NULL
    )`,
    `CREATE TABLE ${merchant} (
      merchant_id BIGINT NOT NULL PRIMARY KEY,
      sequence BIGINT NOT NULL,
      name VARCHAR(100) NOT NULL,
      earn_rate_bps INT NOT NULL,
      commission_bps INT NOT NULL,
      earn_charge_bps INT NOT NULL,
      registered_at BIGINT NULL,
      updated_at BIGINT NOT NULL
    )`,
    `CREATE TABLE ${dayTotal} (
      merchant_id BIGINT NOT NULL,
      day VARCHAR(10) NOT NULL,
      type VARCHAR(10) NOT NULL,
      deals BIGINT NOT NULL,
      deal_amount BIGINT NOT NULL,
      point BIGINT NOT NULL,
      failed_deals BIGINT NOT NULL,
      PRIMARY KEY (merchant_id, day, type)
    )`,
    `CREATE TABLE ${heardSource} (
      source VARCHAR(16) NOT NULL PRIMARY KEY,
      last_event_at BIGINT NOT NULL,
      projected_at BIGINT NOT NULL
    )`,
  ];
}
