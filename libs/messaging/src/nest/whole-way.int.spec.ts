import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database, GroupCommit, isDatabaseAway } from '@onepoint/persistence';
import { silentObserver } from '../observe/messaging-observer.ts';
import { CommitBell } from '../outbox/commit-bell.ts';
import { messagingSchema } from '../outbox/messaging-schema.ts';
import { newEvent } from '../outbox/new-event.ts';
import { Outbox } from '../outbox/outbox.ts';
import { Relay } from '../relay/relay.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { DatabasePlayground } from '../testing/database-playground.ts';
import { brokerUrl, RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { until } from '../testing/until.ts';
import type { IncomingMessage } from '../transport/event-transport.ts';
import { databaseBack } from './database-back.ts';

jest.setTimeout(60_000);

function created(memberId: number) {
  return newEvent('member.created.v1', {
    subject: `member/${memberId}`,
    sequence: 0,
    occurredAt: Date.now(),
    data: { memberId, joinedAt: new Date().toISOString() },
  });
}

function memberOf({ body }: IncomingMessage): number {
  return Number(/"memberId":(\d+)/.exec(body)?.[1]);
}

describe('The whole way from a transaction to a committed projection', () => {
  let data: DatabasePlayground;
  let db: Database;
  let rabbit: RabbitPlayground;
  let broker: CuttableProxy;
  let server: CuttableProxy;
  let far: Database;
  let relay: Relay;
  let outbox: Outbox;

  beforeEach(async () => {
    data = await DatabasePlayground.make('mysql');
    db = await data.open();
    rabbit = new RabbitPlayground();
    if (data.storage.kind !== 'mysql') throw new TypeError('this test is about MariaDB');
    const toServer = await CuttableProxy.before(data.storage.url);
    const toBroker = await CuttableProxy.before(brokerUrl);
    [server, broker] = [toServer.proxy, toBroker.proxy];
    far = await Database.open({ ...data.storage, url: toServer.url }, messagingSchema);
    await db.transaction((tx) =>
      tx.execute(
        'CREATE TABLE projection (member_id BIGINT NOT NULL PRIMARY KEY, times INT NOT NULL)',
      ),
    );
    const transport = rabbit.transport({ url: toBroker.url });
    const bell = new CommitBell();
    outbox = new Outbox('member', bell);
    relay = new Relay({
      service: 'member',
      db,
      transport,
      bell,
      observer: silentObserver,
      logger: rabbit.log,
    });
    const commit = new GroupCommit<number, void>({
      name: 'projection',
      batchMax: 200,
      queueMax: 10_000,
      run: (members) => project(members),
    });
    const reader = testReader({
      prefetch: 200,
      isAway: isDatabaseAway,
      waitUntilBack: databaseBack(far),
    });
    const reading = await transport.consume(reader, (message) => commit.submit(memberOf(message)));
    await reading.waitUntilUp(10_000);
    relay.start();
  });

  afterEach(async () => {
    await relay.stop();
    await rabbit.clean();
    await far.close();
    await data.clean();
    await Promise.all([broker.close(), server.close()]);
  });

  async function project(members: readonly number[]) {
    await far.transaction(async (tx) => {
      for (const member of members) {
        await tx.execute(
          `INSERT INTO projection (member_id, times) VALUES (?, 1)
           ON DUPLICATE KEY UPDATE times = times + 1`,
          [member],
        );
      }
    });
    return members.map(() => ({ ok: true as const, value: undefined }));
  }

  async function say(from: number, upto: number): Promise<void> {
    for (let member = from; member <= upto; member += 10) {
      const ten = Array.from({ length: 10 }, (_, index) => created(member + index));
      await db.transaction((tx) => outbox.append(tx, ten));
    }
  }

  async function projected(): Promise<number> {
    const [row] = await db.read((sql) =>
      sql.query<{ found: number }>('SELECT COUNT(*) AS found FROM projection'),
    );
    return row?.found ?? 0;
  }

  async function nothingLeft(): Promise<boolean> {
    const { queue, dead } = rabbit.names('point');
    const [row] = await db.read((sql) =>
      sql.query<{ unsent: number }>('SELECT COUNT(*) AS unsent FROM outbox WHERE position IS NULL'),
    );
    const depths = [await rabbit.depth(queue), await rabbit.depth(dead), row?.unsent];
    return depths.every((depth) => depth === 0);
  }

  it('loses nothing when the broker is cut off again and again', async () => {
    const saying = say(1, 2_000);
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      const before = cuts * 200;
      await until(`${before} projected`, async () => (await projected()) >= before);
      broker.cut();
    }
    await saying;
    await until('all', async () => (await projected()) === 2_000);
    await until('nothing left on the way', nothingLeft);
  });

  it('burns no tries while the database of the reader is away', async () => {
    await say(1, 100);
    await until('the first hundred', async () => (await projected()) === 100);
    server.setAway(true);
    await say(101, 600);
    const { queue, dead } = rabbit.names('point');
    const full = async (): Promise<boolean> => (await rabbit.depth(queue)) === 300;
    await until('a full prefetch in hand, the rest waiting', full);
    server.setAway(false);
    await until('all', async () => (await projected()) === 600);
    expect(await rabbit.depth(dead)).toBe(0);
    expect(rabbit.log.lines.filter((line) => line.includes('retry'))).toEqual([]);
  });

  it('loses nothing when the reader’s database is cut off in the middle of its commits', async () => {
    const saying = say(1, 1_500);
    for (let cuts = 1; cuts <= 4; cuts += 1) {
      const before = cuts * 200;
      await until(`${before} projected`, async () => (await projected()) >= before);
      server.cut();
    }
    await saying;
    await until('all', async () => (await projected()) === 1_500);
    await until('nothing left on the way', nothingLeft);
  });
});
