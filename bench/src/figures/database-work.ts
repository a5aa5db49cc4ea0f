import type { Connection, RowDataPacket } from 'mysql2/promise';

/** Counters of the database server since it was started. */
export interface DatabaseWork {
  readonly commits: number;
  readonly rowsWritten: number;
  readonly logBytes: number;
  readonly trafficBytes: number;
}

const ROWS = ['Innodb_rows_inserted', 'Innodb_rows_updated', 'Innodb_rows_deleted'];
/** Where a server does not count InnoDB's rows; these count rows of temporary tables as well. */
const HANDLED = ['Handler_write', 'Handler_update', 'Handler_delete'];

/** What the server has done so far, for all its databases. */
export async function databaseWork(connection: Connection): Promise<DatabaseWork> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW GLOBAL STATUS');
  const status = new Map(
    rows.map((row) => [String(row['Variable_name']), Number(row['Value'])] as const),
  );
  const sum = (names: readonly string[]): number =>
    names.reduce((all, name) => all + (status.get(name) ?? 0), 0);
  const counted = ROWS.every((name) => status.has(name));
  return {
    commits: sum(['Com_commit']),
    rowsWritten: sum(counted ? ROWS : HANDLED),
    logBytes: status.get('Innodb_lsn_current') ?? sum(['Innodb_os_log_written']),
    trafficBytes: sum(['Bytes_received', 'Bytes_sent']),
  };
}

/** Bytes of each table with its indexes, by database without the prefix and table: `deal.outbox`. */
export async function storedBytes(
  connection: Connection,
  prefix: string,
): Promise<ReadonlyMap<string, number>> {
  const find = `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tab,
      DATA_LENGTH + INDEX_LENGTH AS bytes FROM information_schema.TABLES
    WHERE LEFT(TABLE_SCHEMA, ?) = ? AND TABLE_TYPE = 'BASE TABLE'`;
  const read = async (): Promise<RowDataPacket[]> =>
    (await connection.query<RowDataPacket[]>(find, [prefix.length, prefix]))[0];
  // The sizes that are told are those of the last analysis.
  for (const { db, tab } of await read()) await connection.query(`ANALYZE TABLE ${db}.${tab}`);
  return new Map(
    (await read()).map(({ db, tab, bytes }) => [
      `${String(db).slice(prefix.length)}.${String(tab)}`,
      Number(bytes),
    ]),
  );
}

/** The growth of each counter between two looks, for each of `deals`. */
export function grownForEach(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  deals: number,
): Record<string, number> {
  return Object.fromEntries(
    [...after]
      .map(
        ([name, value]) => [name, (value - (before.get(name) ?? 0)) / Math.max(1, deals)] as const,
      )
      .filter(([, grown]) => grown > 0),
  );
}
