import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventTransport, IncomingMessage } from '../transport/event-transport.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(30_000);

const waitMs = 10_000;

describe('A reader on RabbitMQ that cannot handle a message', () => {
  let ground: RabbitPlayground;

  beforeEach(async () => {
    ground = new RabbitPlayground();
  });

  afterEach(async () => {
    await ground.clean();
  });

  async function read(
    transport: EventTransport,
    deliver: (message: IncomingMessage) => Promise<void>,
    options: Parameters<typeof testReader>[0] = {},
  ) {
    const reading = await transport.consume(testReader(options), deliver);
    await reading.waitUntilUp(waitMs);
    await transport.waitUntilUp(waitMs);
    return reading;
  }

  it('tries a poison message again with its delays, then sets it aside, while others pass', async () => {
    const transport = ground.transport();
    const poison = memberCreated(13);
    const tries: number[] = [];
    const good: string[] = [];
    await read(transport, async ({ id, tries: before }) => {
      if (id !== poison.id) return void good.push(id);
      tries.push(before);
      throw new TypeError('no thirteens\n    here');
    });
    const others = Array.from({ length: 10 }, (_, index) => memberCreated(index + 1));
    await Promise.all(transport.publish([...others.slice(0, 5), poison, ...others.slice(5)]));
    const { dead, queue } = ground.names('point');
    await until('dead letter', async () => (await ground.depth(dead)) === 1);
    expect(tries).toEqual([0, 1, 2]);
    expect(good.toSorted()).toEqual(others.map(({ id }) => id).toSorted());
    const letter = await ground.takeFrom(dead);
    expect(letter?.content.toString()).toBe(poison.body);
    expect(letter?.properties.type).toBe('member.created.v1');
    expect(letter?.properties.messageId).toBe(poison.id);
    expect(letter?.properties.headers).toMatchObject({
      'x-tries': 3,
      'x-reason': 'TypeError: no thirteens here',
      'x-first-failed-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(await ground.depth(queue)).toBe(0);
  });

  it('sets aside at once what no further try can help', async () => {
    const transport = ground.transport();
    let calls = 0;
    await read(transport, async () => {
      calls += 1;
      throw new SetAside('NO_SUCH_THING', 'never will be');
    });
    await transport.publish([memberCreated(1)])[0];
    const { dead } = ground.names('point');
    await until('dead letter', async () => (await ground.depth(dead)) === 1);
    expect(calls).toBe(1);
    const letter = await ground.takeFrom(dead);
    expect(letter?.properties.headers?.['x-reason']).toBe('NO_SUCH_THING: never will be');
  });

  it('holds messages while the database is away, without counting a try', async () => {
    const transport = ground.transport();
    const back = Promise.withResolvers<void>();
    let away = true;
    const waited: string[] = [];
    const handled: number[] = [];
    await read(
      transport,
      async ({ id, tries }) => {
        if (away) throw new Error('gone');
        handled.push(tries);
        waited.push(id);
      },
      { isAway: () => away, waitUntilBack: () => back.promise },
    );
    await Promise.all(transport.publish([memberCreated(1), memberCreated(2)]));
    const { dead } = ground.names('point');
    away = true;
    await until(
      'all at the reader',
      async () => (await ground.depth(ground.names('point').queue)) === 0,
    );
    expect(handled).toEqual([]);
    away = false;
    back.resolve();
    await until('handled', () => handled.length === 2);
    expect(handled).toEqual([0, 0]);
    expect(await ground.depth(dead)).toBe(0);
  });

  it('lays a message back uncounted when the database stays away for long', async () => {
    const transport = ground.transport();
    let away = true;
    const seen: number[] = [];
    await read(
      transport,
      async ({ tries }) => {
        seen.push(tries);
        if (away) throw new Error('gone');
      },
      { isAway: () => away, waitUntilBack: () => new Promise(() => undefined), holdMaxMs: 30 },
    );
    await transport.publish([memberCreated(1)])[0];
    await until('five rounds', () => seen.length >= 5);
    away = false;
    const rounds = seen.length;
    await until('handled', () => seen.length > rounds);
    expect(new Set(seen)).toEqual(new Set([0]));
    expect(await ground.depth(ground.names('point').dead)).toBe(0);
  });

  it('does not wait for the database when it stops: the message stays with the broker', async () => {
    const transport = ground.transport();
    let calls = 0;
    const reading = await read(
      transport,
      async () => {
        calls += 1;
        throw new Error('gone');
      },
      { isAway: () => true, waitUntilBack: () => new Promise(() => undefined) },
    );
    await transport.publish([memberCreated(1)])[0];
    await until('in hand', () => calls === 1);
    await reading.stop();
    await until('back', async () => (await ground.depth(ground.names('point').queue)) === 1);
  });
});
