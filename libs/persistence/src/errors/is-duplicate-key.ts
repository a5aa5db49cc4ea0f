import { failureKindOf } from './engine-errors.ts';

/** Whether a primary or unique key refused a row, also when wrapped as a `cause`. */
export function isDuplicateKey(error: unknown): boolean {
  return failureKindOf(error) === 'duplicate';
}
