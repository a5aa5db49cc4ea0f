import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import amqp from 'amqplib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { signalIfAlive } from './child-server.mjs';
import { freePorts } from './free-port.mjs';
import { endServersLeftBehind, ownServersFolder } from './left-behind.mjs';
import { hasMariaDb, startMariaDb } from './mariadb.mjs';
import { askRabbitMq } from './probe.mjs';
import { hasRabbitMq, startRabbitMq } from './rabbitmq.mjs';
import type { PrivateServer } from './child-server.mjs';

const withinMs = 180_000;

/** Machines that use Docker or a server elsewhere have none to start. */
const installed = [
  ...(hasMariaDb() ? (['MariaDB'] as const) : []),
  ...(hasRabbitMq() ? (['RabbitMQ'] as const) : []),
];

const QUEUE_KNOWN_AFTER_MS = 2_000;

async function queryOnce(url: string, sql: string): Promise<unknown> {
  const connection = await createConnection({ uri: url });
  const [rows] = await connection.query(sql);
  await connection.end();
  return rows;
}

async function keepInMariaDb(url: string): Promise<void> {
  await queryOnce(url, 'CREATE DATABASE kept');
  await queryOnce(url, 'CREATE TABLE kept.point (point BIGINT) ENGINE=InnoDB');
  await queryOnce(url, 'INSERT INTO kept.point VALUES (100)');
}

async function findInMariaDb(url: string): Promise<unknown> {
  return await queryOnce(url, 'SELECT point FROM kept.point');
}

async function keepInRabbitMq(url: string): Promise<void> {
  const connection = await amqp.connect(url);
  const channel = await connection.createConfirmChannel();
  // Not a quorum queue: RabbitMQ 3.10 loses sight of one that is declared half a second before a kill -9.
  await channel.assertQueue('kept', { durable: true });
  channel.sendToQueue('kept', Buffer.from('100'), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
  // Of a classic queue it knows for good a moment later: on a busy machine it lost sight of one once.
  await sleep(QUEUE_KNOWN_AFTER_MS);
}

async function findInRabbitMq(url: string): Promise<unknown> {
  const connection = await amqp.connect(url);
  const channel = await connection.createChannel();
  const message = await channel.get('kept', { noAck: false });
  await connection.close();
  return message === false ? 'nothing' : message.content.toString();
}

const kinds = {
  MariaDB: {
    start: startMariaDb,
    keep: keepInMariaDb,
    find: findInMariaDb,
    kept: [{ point: 100 }],
  },
  RabbitMQ: { start: startRabbitMq, keep: keepInRabbitMq, find: findInRabbitMq, kept: '100' },
};

describe('a private server', () => {
  let dir: string;
  let server: PrivateServer | null = null;

  beforeEach(() => {
    endServersLeftBehind('spec');
    dir = ownServersFolder('spec');
    mkdirSync(dir, { recursive: true });
  });
  afterEach(async () => {
    await server?.kill();
    server = null;
    rmSync(dir, { recursive: true, force: true });
  }, withinMs);

  it('can be had here, or the tests have others', () => {
    const elsewhere =
      process.env['MYSQL_URL'] !== undefined && process.env['RABBITMQ_URL'] !== undefined;
    expect(installed.length === 2 || elsewhere).toBe(true);
  });

  it.each(installed)(
    '%s keeps its data over a kill -9 and a restart on the same port',
    async (name) => {
      const { start, keep, find, kept } = kinds[name];
      const [port = 0] = await freePorts(1);
      server = await start({ port, dir });
      await keep(server.url);
      const { pid } = server;
      await server.kill();
      expect(signalIfAlive(pid, 0)).toBe(false);
      server = await start({ port, dir });
      expect(await find(server.url)).toEqual(kept);
    },
    withinMs,
  );

  it.each(installed)(
    '%s leaves no process behind when it is stopped',
    async (name) => {
      const [port = 0] = await freePorts(1);
      server = await kinds[name].start({ port, dir });
      const group = Number(readFileSync(join(dir, 'group'), 'utf8'));
      await server.stop();
      expect(signalIfAlive(server.pid, 0)).toBe(false);
      expect(signalIfAlive(-group, 0)).toBe(false);
    },
    withinMs,
  );

  it(
    'says why it did not come up',
    async () => {
      const bad = startRabbitMq({ port: 1, dir, settings: ['no.such.setting = 1'] });
      await expect(bad).rejects.toThrow(/RabbitMQ did not start: it ended[\s\S]*no\.such\.setting/);
      await expect(askRabbitMq('amqp://guest:guest@127.0.0.1:1')).rejects.toThrow();
    },
    withinMs,
  );
});
