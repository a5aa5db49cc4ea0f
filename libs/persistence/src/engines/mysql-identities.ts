import { quoted } from './mysql-text.ts';

/** Which column of each table the server numbers, once asked for; '' for a table without one. Shared by a pool. */
export type IdentityColumns = Map<string, string>;

/** What is kept beside the tables: no table has such a name. */
const STEP = '@step';

/** How a server numbers the rows of a table; asked once for each. */
export class MysqlIdentities {
  constructor(
    private readonly kept: IdentityColumns,
    private readonly select: (sql: string) => Promise<unknown[]>,
  ) {}

  /** The auto-increment column of a table; '' where there is none. */
  async columnOf(table: string): Promise<string> {
    const known = this.kept.get(table);
    if (known !== undefined) return known;
    const sql = `SHOW COLUMNS FROM ${quoted(table)} WHERE Extra LIKE '%auto_increment%'`;
    const [column] = (await this.select(sql)) as { Field: string }[];
    this.kept.set(table, column?.Field ?? '');
    return column?.Field ?? '';
  }

  /** How far the ids of one INSERT lie apart: InnoDB gives them without gaps, in every autoinc lock mode. */
  async step(): Promise<number> {
    const known = this.kept.get(STEP);
    if (known !== undefined) return Number(known);
    const sql = 'SELECT @@auto_increment_increment AS step';
    const [row] = (await this.select(sql)) as { step: number }[];
    this.kept.set(STEP, String(row?.step ?? 1));
    return row?.step ?? 1;
  }
}
