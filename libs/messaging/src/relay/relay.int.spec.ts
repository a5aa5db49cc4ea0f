import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Dialect } from '@onepoint/persistence';
import { Outbox } from '../outbox/outbox.ts';
import { created, membersOf, RelayStage } from '../testing/relay-stage.ts';
import { until } from '../testing/until.ts';
import type { PublishOutcome } from '../transport/event-transport.ts';

jest.setTimeout(40_000);

const engines: Dialect[] = ['mysql', 'sqlite'];

describe.each(engines)('The relay on %s', (dialect) => {
  let stage: RelayStage;

  beforeEach(async () => {
    stage = await RelayStage.set(dialect);
  });

  afterEach(() => stage.clear());

  it('publishes what was committed, one row for each transaction, and nothing that was rolled back', async () => {
    stage.relay();
    await stage.say(1, 2, 3);
    const refused = stage.db.transaction(async (tx) => {
      await stage.outbox.append(tx, [created(4)]);
      throw new Error('changed my mind');
    });
    await expect(refused).rejects.toThrow('changed my mind');
    await stage.say(5);
    await until('both rows', () => stage.allSent());
    expect(membersOf(stage.transport).toSorted()).toEqual([1, 2, 3, 5]);
    expect((await stage.journal()).map(({ event_count }) => event_count)).toEqual([3, 1]);
  });

  it('publishes every event as the envelope that its contract promises', async () => {
    stage.relay();
    await stage.say(1);
    await until('published', () => stage.transport.published.length === 1);
    const [message] = stage.transport.published;
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
  });

  it('gives positions without a gap', async () => {
    stage.relay();
    for (let member = 1; member <= 40; member += 1) await stage.say(member);
    await until('all sent', () => stage.allSent());
    const positions = (await stage.journal()).map(({ position }) => position ?? 0);
    expect(positions.toSorted((a, b) => a - b)).toEqual(positions.map((_, index) => index + 1));
  });

  it('delivers after a restart what was unsent, a long backlog too', async () => {
    for (let member = 1; member <= 150; member += 1) await stage.say(member);
    stage.relay();
    await until('sent', () => stage.allSent());
    const members = membersOf(stage.transport).toSorted((a, b) => a - b);
    expect(members).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  });

  it('goes on with others while one reader takes its time', async () => {
    const slow = Promise.withResolvers<PublishOutcome>();
    stage.transport.answer = ({ body }) =>
      body.includes('"memberId":1,') ? slow.promise : Promise.resolve('taken');
    stage.relay();
    for (let member = 1; member <= 300; member += 1) await stage.say(member);
    await until('all but one', async () => (await stage.unsent()).length === 1);
    slow.resolve('taken');
    await until('the slow one', () => stage.allSent());
  });

  it('finishes and marks what is under way when it stops, and begins nothing more', async () => {
    const gate = Promise.withResolvers<PublishOutcome>();
    stage.transport.answer = () => gate.promise;
    const relay = stage.relay();
    await stage.say(1);
    await until('under way', () => stage.transport.published.length === 1);
    const stopped = relay.stop();
    await stage.say(2);
    gate.resolve('taken');
    await stopped;
    expect((await stage.journal()).map(({ position }) => position)).toEqual([1, null]);
    expect(relay.isLeading).toBe(false);
  });

  it('refuses events of another service, and the transaction with them', async () => {
    const foreign = new Outbox('point', stage.bell);
    const breach = stage.db.transaction((tx) => foreign.append(tx, [created(1)]));
    await expect(breach).rejects.toMatchObject({ code: 'CONTRACT_BREACH' });
    expect(await stage.journal()).toEqual([]);
  });

  it('spreads more events than a row may hold over several rows of the same transaction', async () => {
    stage.relay();
    await stage.say(...Array.from({ length: 1_201 }, (_, index) => index + 1));
    await until('sent', () => stage.allSent());
    expect((await stage.journal()).map(({ event_count }) => event_count)).toEqual([500, 500, 201]);
    expect(new Set(membersOf(stage.transport)).size).toBe(1_201);
  });
});

describe('The relay on a server with many writers', () => {
  let stage: RelayStage;

  beforeEach(async () => {
    stage = await RelayStage.set('mysql');
  });

  afterEach(() => stage.clear());

  it('does not skip a row that commits late below ids that were long sent', async () => {
    stage.relay();
    const appended = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const late = stage.db.transaction(async (tx) => {
      await stage.outbox.append(tx, [created(1)]);
      // An event travels with the next statement: now its row has its id.
      await tx.query('SELECT 1 AS one');
      appended.resolve();
      await mayCommit.promise;
    });
    await appended.promise;
    for (const member of [2, 3]) await stage.say(member);
    await until('the early ones', async () => {
      return (await stage.journal()).length === 2 && stage.allSent();
    });
    mayCommit.resolve();
    await late;
    await until('the late one', () => stage.allSent());
    expect(membersOf(stage.transport).at(-1)).toBe(1);
    expect((await stage.journal())[0]).toMatchObject({ id: 1, position: 3 });
  });
});
