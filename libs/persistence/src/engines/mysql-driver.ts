import * as mysql from 'mysql2';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2';

/**
 * What every connection is told before its first statement: READ COMMITTED (at REPEATABLE READ
 * MariaDB 10.11 loses updates), UTC, an end to waiting for locks, and no mode in which a backslash
 * is an ordinary letter, since mysql2 escapes parameters with it. The server ends long statements
 * too, or it would work on, and hold its locks, after we have gone; what that is called depends on
 * the server, and each skips the comment that is meant for the other.
 */
export function sessionSetup(lockWaitS: number, statementMaxMs: number): string[] {
  return [
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    `SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = ${lockWaitS}, sql_mode = ` +
      "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'" +
      ` /*M!100100 , max_statement_time = ${statementMaxMs / 1000} */` +
      ` /*!50708 , max_execution_time = ${statementMaxMs} */`,
  ];
}

function setUp(connection: PoolConnection, statements: readonly string[]): void {
  // Without a listener an error on an idle connection would end the process; the pool drops it.
  connection.on('error', () => {});
  for (const statement of statements) {
    // Statements queue up on a connection: these come before whatever the first user sends.
    connection.query(statement, (error) => {
      if (error) connection.destroy();
    });
  }
}

/** What TypeORM calls its driver: mysql2, whose connections are set up when they are made. */
export function mysqlDriver(statements: readonly string[]): { createPool(o: PoolOptions): Pool } {
  return {
    createPool(options) {
      const pool = mysql.createPool(options);
      pool.on('connection', (connection) => setUp(connection, statements));
      return pool;
    },
  };
}
