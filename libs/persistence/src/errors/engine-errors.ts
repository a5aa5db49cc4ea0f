import { QueryFailedError } from 'typeorm';
import { ConditionUnmet } from './condition-unmet.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { StatementFailed } from './statement-failed.ts';

/** What the drivers put on their errors. */
interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message?: unknown;
  readonly fatal?: unknown;
  readonly cause?: unknown;
}

const AWAY_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENOENT', 'EMFILE', 'ENFILE'],
  ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'PROTOCOL_PACKETS_OUT_OF_ORDER'],
  ...['SQLITE_CANTOPEN', 'SQLITE_FULL'],
]);

/**
 * too many connections · shutdown · out of resources · disk full · aborted · interrupted · read only
 * (a primary that was demoted) · statement time exceeded · connection killed (MariaDB).
 */
const AWAY_NUMBERS = new Set([
  1040, 1041, 1053, 1021, 1152, 1159, 1161, 1184, 1203, 1226, 1290, 1317, 1836, 1927, 1969, 3024,
  3168, 4031,
]);

/** deadlock · lock wait timeout · record changed since last read (snapshot isolation). */
const CONTENTION_NUMBERS = new Set([1213, 1205, 1020]);

function isObject(value: unknown): value is DriverError {
  return typeof value === 'object' && value !== null;
}

/** How a failure of the database is to be met. */
export type FailureKind = 'contention' | 'away' | 'duplicate' | 'refused';

/** Codes are compared, never classes: errors of the core and of the drivers come from other realms. */
function kindOf(error: DriverError): FailureKind {
  const code = typeof error.code === 'string' ? error.code : '';
  const errno = typeof error.errno === 'number' ? error.errno : 0;
  if (CONTENTION_NUMBERS.has(errno) || /^SQLITE_(BUSY|LOCKED)/.test(code)) return 'contention';
  if (errno === 1062 || /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)$/.test(code))
    return 'duplicate';
  const away = AWAY_CODES.has(code) || AWAY_NUMBERS.has(errno) || code.startsWith('SQLITE_IOERR');
  return away || error.fatal === true ? 'away' : 'refused';
}

/** What kind of database failure this is, looking through wrappers; null when it is none. */
export function failureKindOf(error: unknown): FailureKind | null {
  let current = error;
  // The bound is against causes that form a ring.
  for (let depth = 0; depth < 8 && isObject(current); depth++) {
    if (current instanceof DatabaseUnavailable) return 'away';
    if (current instanceof StatementFailed) {
      return kindOf({ code: current.engineCode, errno: current.errno });
    }
    if (current instanceof QueryFailedError) return kindOf(current.driverError);
    current = current.cause;
  }
  return null;
}

/** A column that is never written but to stop a transaction (create-must-hold.ts). */
const MUST_HOLD = 'must_hold';

/** Whether a column was null that is so only where a condition does not hold. */
function isUnmet({ errno, message }: DriverError, carriers: readonly string[]): boolean {
  if (errno !== 1048 || typeof message !== 'string') return false;
  return [MUST_HOLD, ...carriers].some((column) => message.includes(`'${column}'`));
}

/**
 * Turns what a driver threw for `sql` into our own error, leaving the parameters behind (P13). `carriers` are the columns
 * that carry a condition.
 */
export function fromDriver(
  thrown: unknown,
  sql: string,
  carriers: readonly string[] = [],
): DatabaseUnavailable | StatementFailed | ConditionUnmet {
  const error: DriverError = isObject(thrown) ? thrown : {};
  if (isUnmet(error, carriers)) return new ConditionUnmet();
  const message = typeof error.message === 'string' ? error.message : 'failed';
  const code = typeof error.code === 'string' ? error.code : 'UNKNOWN';
  if (kindOf(error) === 'away') return new DatabaseUnavailable(`${code}: ${message}`);
  return new StatementFailed(message, code, typeof error.errno === 'number' ? error.errno : 0, sql);
}

/** The same for what TypeORM threw; every other error is given back as it is. */
export function withoutParameters(error: unknown): unknown {
  return error instanceof QueryFailedError ? fromDriver(error.driverError, error.query) : error;
}

/** What is thrown when connecting fails: errors of a driver become ours, TypeORM's own stay. */
export function whileConnecting(error: unknown, where: string): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  if (!isObject(error) || typeof error.code !== 'string') return error;
  const ours = fromDriver(error, where);
  return ours instanceof DatabaseUnavailable
    ? new DatabaseUnavailable(`${where} cannot be reached: ${ours.message}`)
    : ours;
}
