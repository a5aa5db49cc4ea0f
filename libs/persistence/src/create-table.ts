import type { QueryRunner } from 'typeorm';

/** The statements of one step of a migration, for each dialect, in their order. */
export interface DialectDdl {
  readonly mysql: string | readonly string[];
  readonly sqlite: string | readonly string[];
}

/**
 * utf8mb4_bin: keys compare byte by byte on both engines; `a` and `A` are two keys.
 */
const MYSQL_TABLE = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

/** Runs the statements of the dialect at hand; a MySQL CREATE TABLE is given InnoDB and utf8mb4. */
export async function createTable(runner: QueryRunner, ddl: DialectDdl): Promise<void> {
  const isMysql = runner.dataSource.driver.options.type === 'mysql';
  const statements = [isMysql ? ddl.mysql : ddl.sqlite].flat();
  for (const statement of statements) {
    const isTable = isMysql && /^\s*CREATE\s+TABLE\b/i.test(statement);
    await runner.query(isTable ? `${statement} ${MYSQL_TABLE}` : statement);
  }
}

/**
 * One statement for both dialects, which differ only in how a table makes its own ids: `generatedId`
 * is what stands behind the name of such a column.
 */
export function onBoth(statement: (generatedId: string) => string): DialectDdl {
  return {
    mysql: statement('BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY'),
    sqlite: statement('INTEGER PRIMARY KEY AUTOINCREMENT'),
  };
}
