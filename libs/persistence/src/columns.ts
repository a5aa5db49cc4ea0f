import type { ColumnOptions, ValueTransformer } from 'typeorm';
import { UnsafeNumber } from './errors/misuse.ts';

/** What a column helper lets you say. */
export interface ColumnChoice {
  /** The column's name in the database, when it is not the property's. */
  readonly name?: string;
  readonly nullable?: boolean;
  readonly primary?: boolean;
}

/** BIGINT ↔ JavaScript number; throws {@link UnsafeNumber} for what a number cannot hold exactly. */
export const wholeNumberTransformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => {
    if (value === null || value === undefined) return value;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new UnsafeNumber('of an entity');
    return number;
  },
};

/** A whole number of any kind (points, KRW, ids of others): BIGINT, −(2^53−1)..2^53−1. */
export function bigintColumn(choice: ColumnChoice = {}): ColumnOptions {
  return { ...choice, type: 'bigint', transformer: wholeNumberTransformer };
}

/** A row's own id, given by the database in the order of the inserts, from 1. */
export function generatedIdColumn(choice: Pick<ColumnChoice, 'name'> = {}): ColumnOptions {
  return { ...bigintColumn(choice), primary: true, generated: 'increment' };
}

/** A moment: epoch milliseconds in a BIGINT. It sorts, and no engine or session shifts its zone. */
export function instantColumn(choice: ColumnChoice = {}): ColumnOptions {
  return bigintColumn(choice);
}
