import type { MigrationInterface } from 'typeorm';

/** Which of the two engines a database runs on; MariaDB counts as mysql. */
export type Dialect = 'mysql' | 'sqlite';

/** Where a service keeps its tables. */
export type StorageOptions = SqliteStorage | MysqlStorage;

/** One file of the standalone (WAL, flushed at every commit), or `:memory:` for tests. */
export interface SqliteStorage {
  readonly kind: 'sqlite';
  /** Path of the file; its folder is created. `:memory:` lives and dies with its connection. */
  readonly file: string;
}

/** One database of a MariaDB 10.11 / MySQL 8 server. */
export interface MysqlStorage {
  readonly kind: 'mysql';
  /** Server without a database: `mysql://user:password@host:3306`, optionally `?ssl=true`. */
  readonly url: string;
  readonly database: string;
  /** Connections at most (1..1000, default 12); more callers wait in line, bounded. */
  readonly poolMax?: number;
  /** Longest that one statement may take (default 5000); then its connection is destroyed. */
  readonly queryTimeoutMs?: number;
}

/** A class that TypeORM maps to a table. */
export type EntityClass = new (...args: never[]) => object;
/** A migration class; the name ends in its 13-digit time stamp, which gives the order. */
export type MigrationClass = new () => MigrationInterface;

/** The explicit lists of what a service keeps; nothing is found by a file pattern. */
export interface SchemaParts {
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
}

/** Joins the parts of several rooms (a service's own, its outbox, its idempotency keys). */
export function joinSchemas(...parts: readonly SchemaParts[]): SchemaParts {
  return {
    entities: parts.flatMap((part) => part.entities),
    migrations: parts.flatMap((part) => part.migrations),
  };
}
