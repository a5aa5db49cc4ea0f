import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Dialect } from '@onepoint/persistence';
import { RelayStage } from '../testing/relay-stage.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { until } from '../testing/until.ts';
import type { PublishOutcome } from '../transport/event-transport.ts';
import { markSent } from './mark-sent.ts';
import { RelayLease } from './relay-lease.ts';

jest.setTimeout(40_000);

const engines: Dialect[] = ['mysql', 'sqlite'];

describe.each(engines)('The relay lease on %s', (dialect) => {
  let stage: RelayStage;

  beforeEach(async () => {
    stage = await RelayStage.set(dialect);
  });

  afterEach(() => stage.clear());

  it('refuses the mark of a zombie whose lease another has taken', async () => {
    const [zombie, thief] = [new RelayLease(stage.db, 'zombie'), new RelayLease(stage.db, 'thief')];
    expect(await zombie.take()).toBe(true);
    await stage.say(1);
    await stage.expireLease();
    expect(await thief.take()).toBe(true);
    await expect(markSent(stage.db, zombie, [1])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await stage.unsent()).toEqual([1]);
    await zombie.release();
    await markSent(stage.db, thief, [1]);
    expect((await stage.journal()).map(({ position }) => position)).toEqual([1]);
  });

  it('marks no row twice, whoever marked it before', async () => {
    const lease = new RelayLease(stage.db, 'one');
    await lease.take();
    await stage.say(1);
    await markSent(stage.db, lease, [1]);
    const again = markSent(stage.db, lease, [1]);
    await expect(again).rejects.toMatchObject({ code: 'OUTBOX_TOUCHED' });
    expect((await stage.journal()).map(({ position }) => position)).toEqual([1]);
  });

  it('begins anew when it was stolen, and gives every row one position', async () => {
    const gate = Promise.withResolvers<PublishOutcome>();
    stage.transport.answer = () => gate.promise;
    stage.relay();
    await stage.say(1);
    await until('published once', () => stage.transport.published.length === 1);
    const thief = new RelayLease(stage.db, 'thief');
    await until('stolen', async () => (await stage.expireLease(), thief.take()));
    await thief.release();
    gate.resolve('taken');
    await until('sent by a later term', () => stage.allSent());
    expect(new Set(stage.transport.published.map(({ id }) => id)).size).toBe(1);
    expect((await stage.journal()).map(({ position }) => position)).toEqual([1]);
  });
});

describe('Two relays on one server', () => {
  let stage: RelayStage;

  beforeEach(async () => {
    stage = await RelayStage.set('mysql');
  });

  afterEach(() => stage.clear());

  it('let one publish, and the other take over when the first renews no more', async () => {
    let frozen = false;
    const first = stage.relay(stage.freezable(() => frozen));
    await until('the first leads', () => first.isLeading);
    const standby = new ScriptedTransport();
    const second = stage.relay(stage.db, standby);
    await stage.say(1);
    await until('published', () => stage.transport.published.length === 1);
    await until('marked', () => stage.allSent());
    expect(second.isLeading).toBe(false);
    frozen = true;
    await stage.say(2);
    await until('the second leads', () => second.isLeading);
    await until('sent', () => stage.allSent());
    expect(standby.published.map(({ body }) => JSON.parse(body).data.memberId)).toEqual([2]);
  });

  it('hand over at once when the first stops in good order', async () => {
    const first = stage.relay();
    await until('the first leads', () => first.isLeading);
    const second = stage.relay();
    await first.stop();
    const lease = await stage.db.read((sql) =>
      sql.query<{ owner: string; until_ms: number }>('SELECT owner, until_ms FROM relay_lease'),
    );
    expect(second.isLeading || lease[0]?.until_ms === 0).toBe(true);
    await until('the second leads', () => second.isLeading);
  });
});
