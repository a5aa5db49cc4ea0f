export { Database } from './database.ts';
export { DatabaseModule } from './database.module.ts';
export { migrate } from './migrate.ts';
export { createTable, onBoth } from './create-table.ts';
export type { DialectDdl } from './create-table.ts';
export {
  bigintColumn,
  generatedIdColumn,
  instantColumn,
  wholeNumberTransformer,
} from './columns.ts';
export type { ColumnChoice } from './columns.ts';
export { joinSchemas } from './storage.ts';
export type {
  Dialect,
  EntityClass,
  MigrationClass,
  MysqlStorage,
  SchemaParts,
  SqliteStorage,
  StorageOptions,
} from './storage.ts';
export type {
  Carrier,
  Change,
  InsertedRows,
  LaterStatements,
  Sql,
  SqlParameter,
  Transaction,
  Upsert,
} from './sql.ts';

export { conditionsSchema } from './create-must-hold.ts';
export { LaterId, LaterIds } from './later-ids.ts';
export { LookFirst } from './look-first.ts';

export { ConditionUnmet } from './errors/condition-unmet.ts';
export { DatabaseUnavailable } from './errors/database-unavailable.ts';
export { StatementFailed } from './errors/statement-failed.ts';
export { isDatabaseAway } from './errors/is-database-away.ts';
export { isDuplicateKey } from './errors/is-duplicate-key.ts';
export {
  EmptyList,
  IdsNotKnown,
  InsertMismatch,
  NestedTransaction,
  StorageMisconfigured,
  TooManyRows,
  TransactionEnded,
  TransactionRequired,
  UnevenRows,
  UnsafeNumber,
  UnsafeParameter,
} from './errors/misuse.ts';

export { Crowd } from './group-commit/crowd.ts';
export type { CrowdOptions } from './group-commit/crowd.ts';
export { GroupCommit } from './group-commit/group-commit.ts';
export type { GroupCommitOptions } from './group-commit/group-commit-options.ts';
export type { BatchObserver, BatchReport } from './group-commit/batch-observer.ts';
export type { Settled } from './group-commit/settle-batch.ts';
export { BatchAnswersMismatch, DeadlinePassed, Overloaded } from './group-commit/overloaded.ts';

export { claimKeys, claimKeysLater } from './idempotency/claim-keys.ts';
export type { KeyToClaim } from './idempotency/claim-keys.ts';
export { CreateIdempotencyKey1700000000001 } from './idempotency/create-idempotency-key.ts';
export { dropExpiredKeys } from './idempotency/drop-expired-keys.ts';
export { findKeys } from './idempotency/find-keys.ts';
export { IdempotencyKeyRow } from './idempotency/idempotency-key.entity.ts';
export {
  IdempotencyKeyReused,
  KeyNotClaimed,
  RequestInProgress,
} from './idempotency/idempotency.errors.ts';
export { idempotencySchema } from './idempotency/idempotency.schema.ts';
export { keepAnswers, keepFirstAnswers } from './idempotency/keep-answers.ts';
export type { AnswerToKeep } from './idempotency/keep-answers.ts';
export { claimIdOf, fingerprintOf } from './idempotency/key-claim.ts';
export type { KeptKey, KeyClaim } from './idempotency/key-claim.ts';
export { once } from './idempotency/once.ts';
export type { OnceAnswer } from './idempotency/once.ts';
export { releaseKeys } from './idempotency/release-keys.ts';
export type { ClaimToRelease } from './idempotency/release-keys.ts';
export { replayOf } from './idempotency/replay-of.ts';
