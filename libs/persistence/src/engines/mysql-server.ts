import { StorageMisconfigured } from '../errors/misuse.ts';
import type { MysqlStorage } from '../storage.ts';

/** Where a MySQL server is and as whom to go there. */
export interface MysqlServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ssl?: Record<string, never>;
}

/** Reads the server's URL; the message of {@link StorageMisconfigured} never repeats it (password). */
export function mysqlServerOf(storage: MysqlStorage): MysqlServer {
  const url = URL.canParse(storage.url) ? new URL(storage.url) : null;
  if (url?.protocol !== 'mysql:' || url.hostname === '') {
    throw new StorageMisconfigured('the MySQL URL must look like mysql://user:password@host:3306');
  }
  if (url.pathname !== '' && url.pathname !== '/') {
    throw new StorageMisconfigured('the MySQL URL names a server, without a database');
  }
  const ssl = url.searchParams.get('ssl');
  const others = [...url.searchParams.keys()].filter((name) => name !== 'ssl');
  if (others.length > 0 || !(ssl === null || ssl === 'true' || ssl === 'false')) {
    throw new StorageMisconfigured(
      'the only option a MySQL URL may have is ?ssl=true or ?ssl=false',
    );
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(ssl === 'true' ? { ssl: {} } : {}),
  };
}

/** The database's name, 1 to 64 letters, digits and `_`, so that it needs no quoting anywhere. */
export function mysqlDatabaseOf(storage: MysqlStorage): string {
  if (!/^[A-Za-z0-9_]{1,64}$/.test(storage.database)) {
    throw new StorageMisconfigured('a database name is 1 to 64 letters, digits and underscores');
  }
  return storage.database;
}

/** The database in words, for messages: never with the password. */
export function placeOf(storage: MysqlStorage): string {
  const { host, port } = mysqlServerOf(storage);
  return `MySQL database ${storage.database} at ${host}:${port}`;
}
