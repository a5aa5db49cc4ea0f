import type { Sql, Transaction } from '@onepoint/persistence';

/** Which generations of the read model there are; numbers from 1, never used twice. */
export interface GenerationPointer {
  /** The one that questions are answered from. */
  readonly serving: number;
  /** The one that is being built beside it; null while none is. */
  readonly building: number | null;
}

/** The pointer as it stands in its row. */
export interface PointerRow extends GenerationPointer {
  /** Whether the tables of `building` are all there. */
  readonly isReady: boolean;
  readonly newest: number;
}

/** A generation was to be filled or put to service that is not being built. */
export class RebuildNotRunning extends Error {
  override readonly name = 'RebuildNotRunning';
  readonly code = 'REBUILD_NOT_RUNNING';

  constructor(generation: number) {
    super(`generation ${generation} is not being built`);
  }
}

/** The migration that makes the row has not run. */
export class NoGenerationPointer extends Error {
  override readonly name = 'NoGenerationPointer';

  constructor() {
    super('the database does not say which generation is serving');
  }
}

/**
 * Reads the pointer. `shared` keeps it as it is until the transaction ends, beside others who read it so;
 * `alone` locks it to be changed, once all of those have ended.
 */
export async function readPointer(
  sql: Sql,
  lock: 'none' | 'shared' | 'alone' = 'none',
): Promise<PointerRow> {
  const clause = { none: '', shared: sharedLock(sql), alone: sql.forUpdate() }[lock];
  const [row] = await sql.query<Omit<PointerRow, 'isReady'> & { is_ready: number }>(
    `SELECT serving, building, is_ready, newest FROM generation_pointer
     WHERE name = 'read model'${clause}`,
  );
  if (row === undefined) throw new NoGenerationPointer();
  const { is_ready, ...pointer } = row;
  return { ...pointer, isReady: is_ready === 1 };
}

/** The pointer as writers go by it: a generation whose tables are still being made is not written to. */
export function pointerOf({ serving, building, isReady }: PointerRow): GenerationPointer {
  return { serving, building: isReady ? building : null };
}

export async function writePointer(tx: Transaction, row: PointerRow): Promise<void> {
  await tx.execute(
    `UPDATE generation_pointer SET serving = ?, building = ?, is_ready = ?, newest = ?
     WHERE name = 'read model'`,
    [row.serving, row.building, row.isReady ? 1 : 0, row.newest],
  );
}

/** The spelling that MySQL 8 and MariaDB share. In SQLite there is one writer at a time. */
function sharedLock({ dialect }: Sql): string {
  return dialect === 'mysql' ? ' LOCK IN SHARE MODE' : '';
}
