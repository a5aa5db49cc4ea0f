import type { Logger, QueryRunner } from 'typeorm';

/**
 * TypeORM's own logs would print parameters, which may be personal data (P13): nothing is printed.
 * Of use is that it hears of every failed statement: also those that a transaction's function
 * catches and forgets, after which the transaction must not be committed.
 */
export class QuietLogger implements Logger {
  private readonly watchers = new WeakMap<QueryRunner, (error: unknown) => void>();

  /** Calls `hear` with the driver's error whenever a statement of this runner fails. */
  watch(runner: QueryRunner, hear: (error: unknown) => void): void {
    this.watchers.set(runner, hear);
  }

  logQueryError(error: string | Error, _sql: string, _params: unknown, runner?: QueryRunner): void {
    if (runner) this.watchers.get(runner)?.(error);
  }

  logQuery(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
