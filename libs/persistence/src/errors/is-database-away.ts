import { failureKindOf } from './engine-errors.ts';

/**
 * Whether the database could not do its work at all (refused or lost connections, time limits, no
 * connection free, shut down, disk full), also when wrapped as a `cause`. Such work is worth
 * keeping until the database is back; it is not poison (P15).
 */
export function isDatabaseAway(error: unknown): boolean {
  return failureKindOf(error) === 'away';
}
