import { IdsNotKnown } from './errors/misuse.ts';

/** Stands, in a row that is inserted later, for the id of another row that was to be inserted right before. */
export class LaterId {
  constructor(
    /** Behind the first id of that INSERT. */
    readonly offset: number,
    /** Where the row is there already; null: the server puts it in. */
    readonly known: number | null,
  ) {}
}

/** The ids of rows that were given to `tx.later`: to be named by rows that follow, known once the transaction is committed. */
export class LaterIds {
  #ids: readonly number[] | undefined;

  /** @param step how far the server's ids lie apart, from 1 */
  constructor(private readonly step: number) {}

  /** The id of one row, from 0, as a value of the rows that are inserted next. */
  of(row: number): LaterId {
    return new LaterId(row * this.step, this.#ids?.[row] ?? null);
  }

  /** All of them, in row order. @throws IdsNotKnown before the commit has succeeded */
  known(): readonly number[] {
    if (this.#ids === undefined) throw new IdsNotKnown();
    return this.#ids;
  }

  /** The engine has heard the first; the others follow. */
  begin(first: number, count: number): void {
    this.tell(Array.from({ length: count }, (_, row) => first + row * this.step));
  }

  /** The engine knows them all. */
  tell(ids: readonly number[]): void {
    this.#ids = ids;
  }
}
