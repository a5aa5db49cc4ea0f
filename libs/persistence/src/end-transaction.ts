import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { BoundTransaction } from './bound-sql.ts';
import type { Connection } from './engines/engine.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { failureKindOf, withoutParameters } from './errors/engine-errors.ts';

/** A commit whose answer is lost may have happened: then nobody may simply do it again. */
export async function commit(connection: Connection): Promise<void> {
  try {
    await connection.commit();
  } catch (error) {
    if (failureKindOf(error) !== 'away') throw error;
    throw new DatabaseUnavailable('lost during COMMIT', { cause: error, outcomeUnknown: true });
  }
}

/**
 * The reason for which a transaction failed. Contention and a lost database win over what the
 * function made of them, for it may have taken them for something else.
 */
export function causeOf(error: unknown, tx: BoundTransaction): unknown {
  if (!tx.failure) return withoutParameters(error);
  const kind = failureKindOf(tx.failure.error);
  const consequence = error instanceof QueryRunnerAlreadyReleasedError;
  const decisive = kind === 'contention' || kind === 'away' || consequence;
  return withoutParameters(decisive ? tx.failure.error : error);
}

/** Rolls back; a connection on which that fails, or whose state is unknown, is destroyed. */
export async function abandon(connection: Connection, cause: unknown): Promise<void> {
  if (failureKindOf(cause) === 'away') return connection.destroy();
  try {
    await connection.rollback();
    connection.release();
  } catch {
    connection.destroy();
  }
}
