import { createTable } from '@onepoint/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The outbox, which is also the journal, and the lease of the one relay that empties it. Unsent is where
 * `position` is null; the relay alone gives positions, so that a reader with a cursor misses none.
 */
export class CreateOutbox1700000000000 implements MigrationInterface {
  /** TypeORM's own name for it, kept when code is minified. */
  readonly name = 'CreateOutbox1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, outbox);
    await createTable(runner, relayLease);
    await runner.query(
      `INSERT INTO relay_lease (name, owner, epoch, until_ms, last_position) VALUES ('relay', '', 0, 0, 0)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE relay_lease');
    await runner.query('DROP TABLE outbox');
  }
}

const outbox = {
  mysql: `CREATE TABLE outbox (
    id BIGINT NOT NULL AUTO_INCREMENT,
    position BIGINT NULL,
    event_count INT NOT NULL,
    events MEDIUMTEXT NOT NULL,
    traceparent VARCHAR(64) NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY outbox_position (position),
    KEY outbox_sent_at (sent_at)
  )`,
  sqlite: [
    `CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      position INTEGER NULL,
      event_count INTEGER NOT NULL,
      events TEXT NOT NULL,
      traceparent TEXT NULL,
      created_at INTEGER NOT NULL,
      sent_at INTEGER NULL
    )`,
    'CREATE UNIQUE INDEX outbox_position ON outbox (position)',
    'CREATE INDEX outbox_sent_at ON outbox (sent_at)',
  ],
};

const relayLease = {
  mysql: `CREATE TABLE relay_lease (
    name VARCHAR(32) NOT NULL,
    owner VARCHAR(64) NOT NULL,
    epoch BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    PRIMARY KEY (name)
  )`,
  sqlite: `CREATE TABLE relay_lease (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    last_position INTEGER NOT NULL
  )`,
};
