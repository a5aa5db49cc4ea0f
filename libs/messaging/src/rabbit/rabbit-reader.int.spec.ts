import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventTransport, IncomingMessage } from '../transport/event-transport.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { brokerUrl, RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
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
    ({ proxy, url } = await CuttableProxy.before(brokerUrl));
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
    await until(
      'acknowledged',
      async () => (await ground.depth(ground.names('point').queue)) === 0,
    );
  });

  it('never lets a late acknowledgement of an old channel take a message of the new one', async () => {
    const transport = ground.transport({ url });
    const first = Promise.withResolvers<void>();
    const begun: string[] = [];
    await read(
      transport,
      async ({ id }) => {
        begun.push(id);
        if (begun.length === 1) return first.promise;
        if (begun.length === 2) return new Promise<void>(() => undefined);
      },
      { prefetch: 1, drainMaxMs: 10 },
    );
    const [a, b] = [memberCreated(1), memberCreated(2)];
    await Promise.all(transport.publish([a, b]));
    await until('the first in hand', () => begun.length === 1);
    proxy.cut();
    await until('the first in hand again', () => begun.length === 2);
    first.resolve();
    // A misdirected acknowledgement would be with the broker before this answer is back.
    await ground.depth(ground.names('point').queue);
    await sleep(100);
    proxy.cut();
    await until('both in later hands', () => {
      const later = begun.slice(2);
      return later.includes(a.id) && later.includes(b.id);
    });
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
    // In time to spare, a stop that does not wait for what is in hand would have ended.
    const waiting = sleep(300, 'waiting');
    expect(await Promise.race([stopped.then(() => 'stopped'), waiting])).toBe('waiting');
    gate.resolve();
    await stopped;
    expect({ begun, ended }).toEqual({ begun: 3, ended: 3 });
    expect(await ground.depth(ground.names('point').queue)).toBe(7);
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
