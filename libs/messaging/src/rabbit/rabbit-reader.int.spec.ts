import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventTransport, IncomingMessage } from '../transport/event-transport.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(30_000);

const waitMs = 10_000;

describe('A reader on RabbitMQ', () => {
  let ground: RabbitPlayground;
  let proxy: CuttableProxy;
  let url: string;

  beforeEach(async () => {
    ground = new RabbitPlayground();
    proxy = new CuttableProxy(5672);
    url = `amqp://guest:guest@127.0.0.1:${await proxy.listen()}`;
  });

  afterEach(async () => {
    await ground.clean();
    await proxy.close();
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

  it('hands messages over concurrently up to its prefetch, so that handlers can batch', async () => {
    const transport = ground.transport();
    const gate = Promise.withResolvers<void>();
    let inHand = 0;
    await read(transport, async () => ((inHand += 1), gate.promise), { prefetch: 7 });
    const sent = Array.from({ length: 20 }, (_, index) => memberCreated(index + 1));
    await Promise.all(transport.publish(sent));
    await until('seven in hand', () => inHand === 7);
    expect(await ground.depth(ground.names('point').queue)).toBe(13);
    gate.resolve();
    await until('the rest', () => inHand === 20);
  });

  it('acknowledges after the handler has finished, not before', async () => {
    const transport = ground.transport({ url });
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const seen: boolean[] = [];
    await read(transport, async ({ redelivered }) => {
      seen.push(redelivered);
      await gates[seen.length - 1]?.promise;
    });
    await transport.publish([memberCreated(1)])[0];
    await until('in hand', () => seen.length === 1);
    proxy.cut();
    await until('delivered again', () => seen.length === 2);
    expect(seen).toEqual([false, true]);
    // The first handler ends now: its acknowledgement belongs to a channel that is gone.
    gates[0]?.resolve();
    gates[1]?.resolve();
    await until('acknowledged', async () => (await ground.depth(ground.names('point').queue)) === 0);
  });

  it('never lets a late acknowledgement of an old channel take a message of the new one', async () => {
    const transport = ground.transport({ url });
    const first = Promise.withResolvers<void>();
    const handled: string[] = [];
    let calls = 0;
    await read(
      transport,
      async ({ id }) => {
        calls += 1;
        if (calls === 1) return first.promise;
        handled.push(id);
        if (calls === 2) return new Promise<void>(() => undefined);
      },
      { prefetch: 1, drainMaxMs: 10 },
    );
    const [a, b] = [memberCreated(1), memberCreated(2)];
    await Promise.all(transport.publish([a, b]));
    await until('the first in hand', () => calls === 1);
    proxy.cut();
    await until('the first again, unfinished', () => calls === 2);
    first.resolve();
    await ground.channel();
    proxy.cut();
    await until('both handed over again', () => handled.includes(a.id) && handled.includes(b.id));
  });

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
    await until('all at the reader', async () => (await ground.depth(ground.names('point').queue)) === 0);
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

  it('consumes again after the broker cancelled it because its queue was deleted', async () => {
    const transport = ground.transport();
    const got: string[] = [];
    await read(transport, async ({ id }) => void got.push(id));
    const { queue } = ground.names('point');
    await (await ground.channel()).deleteQueue(queue);
    await until('a consumer again', async () => {
      const found = await (await ground.channel()).checkQueue(queue).catch(() => null);
      return found?.consumerCount === 1;
    });
    const message = memberCreated(1);
    expect(await transport.publish([message])[0]).toBe('taken');
    await until('delivered', () => got.includes(message.id));
  });

  it('finishes what is in hand when it stops, and leaves the rest to others', async () => {
    const transport = ground.transport();
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    let ended = 0;
    const reading = await read(
      transport,
      async () => {
        begun += 1;
        await gate.promise;
        ended += 1;
      },
      { prefetch: 3 },
    );
    const sent = Array.from({ length: 10 }, (_, index) => memberCreated(index + 1));
    await Promise.all(transport.publish(sent));
    await until('three in hand', () => begun === 3);
    const stopped = reading.stop();
    gate.resolve();
    await stopped;
    expect({ begun, ended }).toEqual({ begun: 3, ended: 3 });
    expect(await ground.depth(ground.names('point').queue)).toBe(7);
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

  it('loses nothing when its connection is cut while it handles many', async () => {
    const transport = ground.transport({ url });
    const handled = new Set<string>();
    await read(transport, async ({ id }) => {
      await new Promise((resolve) => setImmediate(resolve));
      handled.add(id);
    });
    const publisher = ground.transport();
    await publisher.waitUntilUp(waitMs);
    const sent = Array.from({ length: 1_000 }, (_, index) => memberCreated(index + 1));
    await Promise.all(publisher.publish(sent));
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      await until('some', () => handled.size >= Math.min(cuts * 150, sent.length));
      proxy.cut();
    }
    await until('all', () => handled.size === sent.length);
    const { queue, dead } = ground.names('point');
    await until('acknowledged', async () => (await ground.depth(queue)) === 0);
    expect(await ground.depth(dead)).toBe(0);
  });
});
