import { describe, expect, it } from '@jest/globals';
import { StorageMisconfigured } from '../errors/misuse.ts';
import { mysqlDatabaseOf, mysqlServerOf } from './mysql-server.ts';

const server = (url: string): unknown => mysqlServerOf({ kind: 'mysql', url, database: 'x' });

describe('the URL of a MySQL server', () => {
  it('says host, port and user, with sensible defaults', () => {
    const root = { host: '127.0.0.1', port: 3306, user: 'root', password: '' };
    expect(server('mysql://root@127.0.0.1:3306')).toEqual(root);
    expect(server('mysql://root@127.0.0.1/')).toEqual(root);
    expect(server('mysql://a%40b:p%2Fw@[::1]:3307?ssl=true')).toEqual({
      host: '::1',
      port: 3307,
      user: 'a@b',
      password: 'p/w',
      ssl: {},
    });
  });

  it.each([
    'http://root:s3cret@host',
    'mysql://root:s3cret@host/database',
    'mysql://root:s3cret@host?multipleStatements=true',
    'mysql://root:s3cret@host?ssl=maybe',
    's3cret',
    'mysql:s3cret',
  ])('is refused without being repeated: %s', (url) => {
    expect(() => server(url)).toThrow(StorageMisconfigured);
    expect(() => server(url)).not.toThrow(/s3cret/);
  });

  it.each(['', 'a`b', 'a b', 'a'.repeat(65), 'a-b'])('refuses the database name %j', (database) => {
    expect(() => mysqlDatabaseOf({ kind: 'mysql', url: '', database })).toThrow(
      StorageMisconfigured,
    );
  });
});
