import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Dialect } from '@onepoint/persistence';
import { membersOf, RelayStage } from '../testing/relay-stage.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { until } from '../testing/until.ts';
import type { PublishOutcome } from '../transport/event-transport.ts';

jest.setTimeout(40_000);

const engines: Dialect[] = ['mysql', 'sqlite'];

describe.each(engines)('The relay on %s, when things go wrong', (dialect) => {
  let stage: RelayStage;

  beforeEach(async () => {
    stage = await RelayStage.set(dialect);
  });

  afterEach(() => stage.clear());

  it('publishes again, with the same ids, what was published and not marked before a crash', async () => {
    let crashed = false;
    stage.transport.answer = async () => ((crashed = true), 'taken');
    const dead = stage.relay(stage.freezable(() => crashed));
    await stage.say(1, 2);
    await until('published and crashed', () => crashed);
    expect(dead.isLeading).toBe(true);
    const next = new ScriptedTransport();
    await stage.expireLease();
    stage.relay(stage.db, next);
    await until('marked by the next', () => stage.allSent());
    const idsOf = (by: ScriptedTransport): string[] => by.published.map(({ id }) => id);
    expect(idsOf(next)).toEqual(idsOf(stage.transport));
  });

  it('keeps an unroutable row unsent with an alarm, holds up nobody, and sends it once it can', async () => {
    let bound = false;
    stage.transport.answer = async ({ body }) =>
      body.includes('"memberId":2,') && !bound ? 'unroutable' : 'taken';
    stage.relay();
    for (let member = 1; member <= 20; member += 1) await stage.say(member);
    await until('only one is left', async () => (await stage.unsent()).length === 1);
    expect(stage.returned).toContain('member.created.v1');
    expect(stage.log.lines.some((line) => line.includes('nobody is bound'))).toBe(true);
    bound = true;
    await until('that one too', () => stage.allSent());
  });

  it('waits while the broker is away and publishes when it is back', async () => {
    stage.transport.status = 'down';
    stage.relay();
    await stage.say(1);
    await stage.say(2);
    expect(stage.transport.published).toEqual([]);
    stage.transport.status = 'up';
    await until('sent', () => stage.allSent());
    expect(membersOf(stage.transport).toSorted()).toEqual([1, 2]);
  });

  it('begins no more than its window while the broker answers nothing', async () => {
    const gate = Promise.withResolvers<PublishOutcome>();
    stage.transport.answer = () => gate.promise;
    const thousand = Array.from({ length: 1_000 }, (_, index) => index + 1);
    for (let round = 1; round <= 40; round += 1) await stage.say(...thousand);
    const before = 64 * 500;
    stage.relay();
    await until('the window is full', () => stage.transport.published.length >= before);
    await stage.say(1);
    await stage.say(2);
    expect(stage.transport.published).toHaveLength(before);
    gate.resolve('taken');
    await until('the rest', () => stage.allSent());
  });

  it('tries again only those events of a row whose fate is unknown', async () => {
    let refused = false;
    stage.transport.answer = async ({ body }) => {
      if (!body.includes('"memberId":2') || refused) return 'taken';
      refused = true;
      throw new Error('connection cut');
    };
    stage.relay();
    await stage.say(1, 2, 3);
    await until('sent', () => stage.allSent());
    expect(membersOf(stage.transport)).toEqual([1, 2, 3, 2]);
  });

  it('goes on with others when a row was damaged by hand', async () => {
    await stage.say(1);
    await stage.db.transaction((tx) => tx.execute(`UPDATE outbox SET events = 'oh'`));
    await stage.say(2);
    stage.relay();
    await until('the good one', async () => (await stage.unsent()).length === 1);
    expect(membersOf(stage.transport)).toEqual([2]);
    expect(stage.log.lines.some((line) => line.includes('OUTBOX_ROW_DAMAGED'))).toBe(true);
  });
});
