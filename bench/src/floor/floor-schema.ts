import type { Connection } from 'mysql2/promise';

/** Tables of the hand-written service: as small as the work allows, with the indexes it needs. */
const DEAL_TABLES = [
  `CREATE TABLE deal (
     id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
     member_id BIGINT NOT NULL, merchant_id BIGINT NOT NULL, type VARCHAR(12) NOT NULL,
     deal_amount BIGINT NOT NULL, point BIGINT NOT NULL, status VARCHAR(8) NOT NULL,
     fail_reason VARCHAR(64) NULL, deal_date BIGINT NOT NULL,
     KEY by_member (member_id, id), KEY by_merchant (merchant_id, deal_date)
   ) ENGINE=InnoDB`,
  `CREATE TABLE outbox (
     id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
     type VARCHAR(64) NOT NULL, payload TEXT NOT NULL, created_at BIGINT NOT NULL
   ) ENGINE=InnoDB`,
];

const POINT_TABLES = [
  `CREATE TABLE account (
     member_id BIGINT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL
   ) ENGINE=InnoDB`,
  `CREATE TABLE ledger (
     deal_id BIGINT NOT NULL PRIMARY KEY, member_id BIGINT NOT NULL, delta BIGINT NOT NULL,
     balance_after BIGINT NOT NULL, created_at BIGINT NOT NULL, KEY by_member (member_id, deal_id)
   ) ENGINE=InnoDB`,
];

/** Makes both databases of the floor anew, with `members` accounts of `balance` points each. */
export async function makeFloorDatabases(
  connection: Connection,
  prefix: string,
  members: number,
  balance: number,
): Promise<void> {
  for (const [name, tables] of [
    ['deal', DEAL_TABLES],
    ['point', POINT_TABLES],
  ] as const) {
    await connection.query(`DROP DATABASE IF EXISTS ${prefix}${name}`);
    await connection.query(`CREATE DATABASE ${prefix}${name} CHARACTER SET utf8mb4`);
    await connection.query(`USE ${prefix}${name}`);
    for (const table of tables) await connection.query(table);
  }
  const slice = 5_000;
  for (let from = 1; from <= members; from += slice) {
    const rows = Array.from({ length: Math.min(slice, members - from + 1) }, (_, place) => [
      from + place,
      balance,
    ]);
    await connection.query('INSERT INTO account (member_id, balance) VALUES ?', [rows]);
  }
}
