/**
 * A transaction or read was begun inside another of the same database. On SQLite it would wait for
 * itself for ever, on MySQL it would take a second connection and could starve the pool.
 */
export class NestedTransaction extends Error {
  override readonly name = 'NestedTransaction';
  constructor() {
    super(
      'a transaction or read was begun inside another one of the same database: pass its tx on',
    );
  }
}

/** A changing statement was given to `read`. */
export class TransactionRequired extends Error {
  override readonly name = 'TransactionRequired';
  constructor() {
    super('only a transaction may change rows: use database.transaction');
  }
}

/** A `tx` or `sql` was used after its function had ended (a promise that nobody awaited). */
export class TransactionEnded extends Error {
  override readonly name = 'TransactionEnded';
  constructor() {
    super('this transaction or read has ended: await every statement inside it');
  }
}

/** A parameter is not a plain value (undefined, object, array, Date, NaN, unsafe integer). */
export class UnsafeParameter extends Error {
  override readonly name = 'UnsafeParameter';
  constructor(position: number, what: string) {
    super(`parameter ${position + 1} is ${what}: only string, safe number, boolean, null or bytes`);
  }
}

/** The database holds a number beyond ±(2^53−1), which JavaScript cannot hold exactly. */
export class UnsafeNumber extends Error {
  override readonly name = 'UnsafeNumber';
  constructor(column: string) {
    super(`column ${column} holds a number beyond 2^53`);
  }
}

/** `inList` or `insertRows` was given nothing where at least one is needed. */
export class EmptyList extends Error {
  override readonly name = 'EmptyList';
  constructor() {
    super('an IN list needs at least one value');
  }
}

/** The ids of rows that were inserted later were asked for before the transaction was committed. */
export class IdsNotKnown extends Error {
  override readonly name = 'IdsNotKnown';
  constructor() {
    super('ids of rows that are inserted later are known once the transaction is committed');
  }
}

/** More rows than one statement takes were to be given ids later. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
  constructor(table: string, rowsMax: number) {
    super(`${table}: at most ${rowsMax} rows at a time can be given ids later`);
  }
}

/** The rows of one `insertRows` do not have the same columns. */
export class UnevenRows extends Error {
  override readonly name = 'UnevenRows';
  constructor(table: string) {
    super(`rows for ${table} do not all have the same columns`);
  }
}

/** An INSERT reported another number of rows than it was given; the transaction is rolled back. */
export class InsertMismatch extends Error {
  override readonly name = 'InsertMismatch';
  constructor(table: string, wanted: number, affected: number) {
    super(`inserted ${affected} of ${wanted} rows into ${table}`);
  }
}

/** The storage options make no sense (name, URL, size of the pool). */
export class StorageMisconfigured extends Error {
  override readonly name = 'StorageMisconfigured';
}
