/**
 * The database refused a statement. It carries the statement with its placeholders and never the
 * parameters: those may be personal data, and errors are logged (P13).
 */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';

  constructor(
    message: string,
    /** `ER_DUP_ENTRY`, `SQLITE_CONSTRAINT_UNIQUE`, … */
    readonly engineCode: string,
    /** MySQL's number of the error; 0 on SQLite. */
    readonly errno: number,
    readonly sql: string,
  ) {
    super(message);
  }
}
