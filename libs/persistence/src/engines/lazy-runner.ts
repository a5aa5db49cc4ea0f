import type { QueryRunner } from 'typeorm';
import type { QuietLogger } from './quiet-logger.ts';

/**
 * Tells TypeORM whether a connection is in a transaction that it did not begin itself: then `save` begins none of its own,
 * and a nested `manager.transaction` becomes a savepoint.
 */
export function markTransaction(runner: QueryRunner, isTransactionActive: boolean): void {
  Object.assign(runner, { isTransactionActive, transactionDepth: isTransactionActive ? 1 : 0 });
}

/**
 * TypeORM's way to one connection, made for who asks for it: most transactions speak SQL alone, and making it costs as much
 * as a small statement. What TypeORM is to know of the connection it is told when it is made, and from then on at once.
 */
export class LazyRunner {
  private runner: QueryRunner | undefined;
  private isInTransaction = false;
  private isReleased = false;
  private hear: ((error: unknown) => void) | undefined;

  constructor(
    private readonly make: () => QueryRunner,
    private readonly logger: QuietLogger,
  ) {}

  get(): QueryRunner {
    if (this.runner === undefined) {
      this.runner = this.make();
      if (this.hear) this.logger.watch(this.runner, this.hear);
      this.tell();
    }
    return this.runner;
  }

  /** Who is told of every statement of TypeORM's that fails. */
  watch(hear: (error: unknown) => void): void {
    this.hear = hear;
    if (this.runner) this.logger.watch(this.runner, hear);
  }

  /** See {@link markTransaction}. */
  markTransaction(isInTransaction: boolean): void {
    this.isInTransaction = isInTransaction;
    this.tell();
  }

  /** After this TypeORM refuses every further statement (a promise nobody awaited). */
  markReleased(): void {
    this.isReleased = true;
    this.tell();
  }

  private tell(): void {
    if (this.runner === undefined) return;
    markTransaction(this.runner, this.isInTransaction);
    if (this.isReleased) Object.assign(this.runner, { isReleased: true });
  }
}
