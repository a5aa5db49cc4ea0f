import type { Connection } from 'mysql2/promise';

const TABLE = 'bench_numbers.thousand';
/** Rows of one statement: a transaction that is large, and not so large that its undo hurts. */
const SLICE_ROWS = 200_000;

/** Rows that are made up inside the database, which is far quicker than sending them. */
export interface RowsToMake {
  readonly into: string;
  /** Columns, and what stands in each: SQL over the number `n`. */
  readonly columns: Readonly<Record<string, string>>;
  /** `n` runs from 0 to here, exclusive. */
  readonly count: number;
  /** Which numbers are left out; SQL over `n`. */
  readonly where?: string;
  /** What follows the SELECT, such as ON DUPLICATE KEY UPDATE. */
  readonly then?: string;
}

/** A table of a thousand numbers; its product with itself counts to a million. */
export async function makeNumbers(connection: Connection): Promise<void> {
  await connection.query('CREATE DATABASE IF NOT EXISTS bench_numbers');
  await connection.query(`CREATE TABLE IF NOT EXISTS ${TABLE} (n BIGINT NOT NULL PRIMARY KEY)`);
  const rows = Array.from({ length: 1_000 }, (_, n) => [n]);
  await connection.query(`INSERT IGNORE INTO ${TABLE} (n) VALUES ?`, [rows]);
}

/** Makes the rows in ascending order of `n`. */
export async function makeRows(connection: Connection, rows: RowsToMake): Promise<void> {
  await makeNumbers(connection);
  const { into, columns, count, where = 'TRUE', then = '' } = rows;
  for (let from = 0; from < count; from += SLICE_ROWS) {
    const upTo = Math.min(SLICE_ROWS, count - from);
    // The outer table is named first: the rows come in the order of the key that they are written by.
    const numbers = `SELECT ${from} + a.n * 1000 + b.n AS n
      FROM ${TABLE} AS a STRAIGHT_JOIN ${TABLE} AS b
      WHERE a.n <= ${Math.floor(upTo / 1_000)} AND a.n * 1000 + b.n < ${upTo}`;
    await connection.query(
      `INSERT INTO ${into} (${Object.keys(columns).join(', ')})
       SELECT ${Object.values(columns).join(', ')} FROM (${numbers}) AS numbers
       WHERE ${where} ${then}`,
    );
  }
}
