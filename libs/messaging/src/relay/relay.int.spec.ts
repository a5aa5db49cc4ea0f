import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Database, Dialect } from '@onepoint/persistence';
import { silentObserver } from '../observe/messaging-observer.ts';
import { CommitBell } from '../outbox/commit-bell.ts';
import { newEvent } from '../outbox/new-event.ts';
import { Outbox } from '../outbox/outbox.ts';
import { DatabasePlayground } from '../testing/database-playground.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { until } from '../testing/until.ts';
import type { PublishOutcome } from '../transport/event-transport.ts';
import { markSent } from './mark-sent.ts';
import type { OutboxDatabase } from './outbox-database.ts';
import { Relay } from './relay.ts';
import { RelayLease } from './relay-lease.ts';

jest.setTimeout(40_000);

const engines: Dialect[] = ['mysql', 'sqlite'];

function created(memberId: number) {
  return newEvent('member.created.v1', {
    subject: `member/${memberId}`,
    sequence: 0,
    occurredAt: Date.UTC(2026, 10, 1),
    data: { memberId, joinedAt: '2026-11-01T00:00:00.000Z' },
  });
}

interface JournalRow {
  readonly id: number;
  readonly position: number | null;
  readonly event_count: number;
}

describe.each(engines)('The relay on %s', (dialect) => {
  let ground: DatabasePlayground;
  let db: Database;
  let transport: ScriptedTransport;
  let bell: CommitBell;
  let outbox: Outbox;
  let relays: Relay[];
  let returned: string[];
  const logger = recordingLogger();

  beforeEach(async () => {
    ground = await DatabasePlayground.make(dialect);
    db = await ground.open();
    transport = new ScriptedTransport();
    bell = new CommitBell();
    outbox = new Outbox('member', bell);
    relays = [];
    returned = [];
  });

  afterEach(async () => {
    transport.answer = async () => 'taken';
    await Promise.all(relays.map((relay) => relay.stop()));
    await ground.clean();
  });

  function relay(on: OutboxDatabase = db, by: ScriptedTransport = transport): Relay {
    const observer = { ...silentObserver, returned: (key: string) => void returned.push(key) };
    const one = new Relay({ db: on, transport: by, bell, observer, logger });
    relays.push(one);
    one.start();
    return one;
  }

  function say(...memberIds: number[]): Promise<void> {
    return db.transaction((tx) => outbox.append(tx, memberIds.map(created)));
  }

  function journal(): Promise<JournalRow[]> {
    return db.read((sql) => sql.query('SELECT id, position, event_count FROM outbox ORDER BY id'));
  }

  async function allSent(): Promise<boolean> {
    return (await journal()).every(({ position }) => position !== null);
  }

  const membersOf = (by: ScriptedTransport): number[] =>
    by.published.map(({ body }) => Number(/"memberId":(\d+)/.exec(body)?.[1]));

  /** Lets the next relay take over at once, as if the lease had run out. */
  function expireLease(): Promise<unknown> {
    return db.transaction((tx) => tx.execute(`UPDATE relay_lease SET until_ms = 0`));
  }

  it('publishes what was committed, one row for each transaction, and nothing that was rolled back', async () => {
    relay();
    await say(1, 2, 3);
    const refused = db.transaction(async (tx) => {
      await outbox.append(tx, [created(4)]);
      throw new Error('changed my mind');
    });
    await expect(refused).rejects.toThrow('changed my mind');
    await say(5);
    await until('both rows', async () => (await journal()).length === 2 && allSent());
    expect(membersOf(transport)).toEqual([1, 2, 3, 5]);
    expect((await journal()).map(({ event_count }) => event_count)).toEqual([3, 1]);
  });

  it('publishes every event as the envelope that its contract promises', async () => {
    relay();
    await say(1);
    await until('published', () => transport.published.length === 1);
    const [message] = transport.published;
    expect(JSON.parse(message?.body ?? '')).toEqual({
      id: message?.id,
      type: 'member.created',
      version: 1,
      source: 'member',
      subject: 'member/1',
      occurredAt: '2026-11-01T00:00:00.000Z',
      sequence: 0,
      correlationId: message?.id,
      data: { memberId: 1, joinedAt: '2026-11-01T00:00:00.000Z' },
    });
    expect(message?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  });

  it('gives positions without a gap', async () => {
    relay();
    for (let member = 1; member <= 40; member += 1) await say(member);
    await until('all sent', allSent);
    const positions = (await journal()).map(({ position }) => position ?? 0);
    expect(positions.toSorted((a, b) => a - b)).toEqual(positions.map((_, index) => index + 1));
  });

  it('delivers after a restart what was unsent', async () => {
    await say(1);
    await say(2);
    relay();
    await until('sent', allSent);
    expect(membersOf(transport).toSorted()).toEqual([1, 2]);
  });

  it('publishes again, with the same ids, what was published and not marked before a crash', async () => {
    let crashed = false;
    const never = new Promise<never>(() => undefined);
    transport.answer = async () => ((crashed = true), 'taken');
    const dying: OutboxDatabase = {
      dialect,
      read: (work) => (crashed ? never : db.read(work)),
      transaction: (work) => (crashed ? never : db.transaction(work)),
    };
    const dead = relay(dying);
    relays.pop();
    await say(1, 2);
    await until('published and crashed', () => crashed);
    expect(dead.isLeading).toBe(true);
    const next = new ScriptedTransport();
    await expireLease();
    relay(db, next);
    await until('marked by the next', allSent);
    expect(next.published.map(({ id }) => id)).toEqual(transport.published.map(({ id }) => id));
  });

  it('refuses the mark of a zombie whose lease another has taken', async () => {
    const [zombie, thief] = [new RelayLease(db, 'zombie'), new RelayLease(db, 'thief')];
    expect(await zombie.take()).toBe(true);
    await say(1);
    await expireLease();
    expect(await thief.take()).toBe(true);
    await expect(markSent(db, zombie, [1])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await allSent()).toBe(false);
    await zombie.release();
    await markSent(db, thief, [1]);
    expect((await journal()).map(({ position }) => position)).toEqual([1]);
    await expect(markSent(db, thief, [1])).rejects.toMatchObject({ code: 'OUTBOX_TOUCHED' });
  });

  it('begins anew when its lease was stolen, and gives every row one position', async () => {
    const gate = Promise.withResolvers<PublishOutcome>();
    transport.answer = () => gate.promise;
    relay();
    await say(1);
    await until('published once', () => transport.published.length === 1);
    const thief = new RelayLease(db, 'thief');
    await until('stolen', async () => (await expireLease(), thief.take()));
    await thief.release();
    gate.resolve('taken');
    await until('sent by a later term', allSent);
    expect(new Set(transport.published.map(({ id }) => id)).size).toBe(1);
    expect((await journal()).map(({ position }) => position)).toEqual([1]);
  });

  it('keeps an unroutable row unsent with an alarm, holds up nobody, and sends it once it can', async () => {
    let bound = false;
    transport.answer = async ({ body }) =>
      body.includes('"memberId":2,') && !bound ? 'unroutable' : 'taken';
    relay();
    await say(1);
    await say(2);
    for (let member = 3; member <= 20; member += 1) await say(member);
    const unsent = async (): Promise<number[]> =>
      (await journal()).filter(({ position }) => position === null).map(({ id }) => id);
    await until('only one is left', async () => (await unsent()).length === 1);
    expect(returned).toContain('member.created.v1');
    expect(logger.lines.some((line) => line.includes('nobody is bound'))).toBe(true);
    bound = true;
    await until('that one too', allSent);
  });

  it('goes on with others while one reader takes its time', async () => {
    const slow = Promise.withResolvers<PublishOutcome>();
    transport.answer = ({ body }) =>
      body.includes('"memberId":1,') ? slow.promise : Promise.resolve('taken');
    relay();
    for (let member = 1; member <= 300; member += 1) await say(member);
    await until('all but one', async () => {
      const rows = await journal();
      return rows.filter(({ position }) => position === null).length === 1;
    });
    slow.resolve('taken');
    await until('the slow one', allSent);
  });

  it('waits while the broker is away and publishes when it is back', async () => {
    transport.status = 'down';
    relay();
    await say(1);
    await say(2);
    expect(transport.published).toEqual([]);
    transport.status = 'up';
    await until('sent', allSent);
    expect(membersOf(transport).toSorted()).toEqual([1, 2]);
  });

  it('tries again only those events of a row whose fate is unknown', async () => {
    let refused = false;
    transport.answer = async ({ body }) => {
      if (!body.includes('"memberId":2') || refused) return 'taken';
      refused = true;
      throw new Error('connection cut');
    };
    relay();
    await say(1, 2, 3);
    await until('sent', allSent);
    expect(membersOf(transport)).toEqual([1, 2, 3, 2]);
  });

  it('finishes and marks what is under way when it stops, and begins nothing more', async () => {
    const gate = Promise.withResolvers<PublishOutcome>();
    transport.answer = () => gate.promise;
    const one = relay();
    await say(1);
    await until('under way', () => transport.published.length === 1);
    const stopped = one.stop();
    await say(2);
    gate.resolve('taken');
    await stopped;
    expect((await journal()).map(({ position }) => position)).toEqual([1, null]);
    expect(one.isLeading).toBe(false);
  });

  it('refuses events of another service, and the transaction with them', async () => {
    const foreign = new Outbox('point', bell);
    const breach = db.transaction((tx) => foreign.append(tx, [created(1)]));
    await expect(breach).rejects.toMatchObject({ code: 'CONTRACT_BREACH' });
    expect(await journal()).toEqual([]);
  });

  it('spreads more events than a row may hold over several rows of the same transaction', async () => {
    relay();
    await say(...Array.from({ length: 1_201 }, (_, index) => index + 1));
    await until('sent', allSent);
    expect((await journal()).map(({ event_count }) => event_count)).toEqual([500, 500, 201]);
    expect(new Set(membersOf(transport)).size).toBe(1_201);
  });
});

describe('The relay on a server with many writers', () => {
  let ground: DatabasePlayground;
  let db: Database;

  beforeEach(async () => {
    ground = await DatabasePlayground.make('mysql');
    db = await ground.open();
  });

  afterEach(() => ground.clean());

  function parts(on: OutboxDatabase, transport: ScriptedTransport) {
    const logger = recordingLogger();
    return { db: on, transport, bell: new CommitBell(), observer: silentObserver, logger };
  }

  it('does not skip a row that commits late below ids that were long sent', async () => {
    const transport = new ScriptedTransport();
    const one = new Relay(parts(db, transport));
    one.start();
    const outbox = new Outbox('member', new CommitBell());
    const appended = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const late = db.transaction(async (tx) => {
      await outbox.append(tx, [created(1)]);
      appended.resolve();
      await mayCommit.promise;
    });
    await appended.promise;
    for (const member of [2, 3]) {
      await db.transaction((tx) => outbox.append(tx, [created(member)]));
    }
    const rows = (): Promise<JournalRow[]> =>
      db.read((sql) => sql.query('SELECT id, position, event_count FROM outbox ORDER BY id'));
    await until('the early ones', async () => {
      const found = await rows();
      return found.length === 2 && found.every(({ position }) => position !== null);
    });
    mayCommit.resolve();
    await late;
    await until('the late one', async () =>
      (await rows()).every(({ position }) => position !== null),
    );
    expect((await rows()).map(({ id, position }) => [id, position])).toEqual([
      [1, 3],
      [2, expect.any(Number)],
      [3, expect.any(Number)],
    ]);
    await one.stop();
  });

  it('lets one of two relays publish, and the other take over when the first renews no more', async () => {
    let frozen = false;
    const never = new Promise<never>(() => undefined);
    const freezing: OutboxDatabase = {
      dialect: 'mysql',
      read: (work) => (frozen ? never : db.read(work)),
      transaction: (work) => (frozen ? never : db.transaction(work)),
    };
    const [firstTransport, secondTransport] = [new ScriptedTransport(), new ScriptedTransport()];
    const first = new Relay(parts(freezing, firstTransport));
    first.start();
    await until('the first leads', () => first.isLeading);
    const second = new Relay(parts(db, secondTransport));
    second.start();
    const outbox = new Outbox('member', new CommitBell());
    await db.transaction((tx) => outbox.append(tx, [created(1)]));
    await until('published', () => firstTransport.published.length === 1);
    expect(second.isLeading).toBe(false);
    frozen = true;
    await db.transaction((tx) => outbox.append(tx, [created(2)]));
    await until('the second leads', () => second.isLeading);
    await until('published by the second', () => secondTransport.published.length > 0);
    expect(secondTransport.published.at(-1)?.body).toContain('"memberId":2');
    await second.stop();
  });
});
