import type { Connection, RowDataPacket } from 'mysql2/promise';

interface IndexColumn extends RowDataPacket {
  readonly Key_name: string;
  readonly Column_name: string;
  readonly Non_unique: number;
}

/**
 * Fills a table without its further indexes and makes them anew afterwards, sorted, which takes a fraction of
 * the time that filing each row by itself would. For tables that nobody uses meanwhile.
 */
export async function withoutIndexes(
  connection: Connection,
  table: string,
  fill: () => Promise<void>,
): Promise<void> {
  const [columns] = await connection.query<IndexColumn[]>(`SHOW INDEX FROM ${table}`);
  const indexes = Map.groupBy(
    columns.filter(({ Key_name }) => Key_name !== 'PRIMARY'),
    ({ Key_name }) => Key_name,
  );
  if (indexes.size === 0) return fill();
  const drops = [...indexes.keys()].map((name) => `DROP INDEX ${name}`);
  await connection.query(`ALTER TABLE ${table} ${drops.join(', ')}`);
  await fill();
  const adds = [...indexes].map(([name, parts]) => {
    const kind = parts[0]?.Non_unique === 0 ? 'UNIQUE INDEX' : 'INDEX';
    return `ADD ${kind} ${name} (${parts.map(({ Column_name }) => Column_name).join(', ')})`;
  });
  await connection.query(`ALTER TABLE ${table} ${adds.join(', ')}`);
}
