import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { brokerUrl, RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import type { EventTransport, IncomingMessage } from '../transport/event-transport.ts';
import { exchangeName } from './rabbit-names.ts';

jest.setTimeout(30_000);

const waitMs = 10_000;
const members = (count: number) =>
  Array.from({ length: count }, (_, index) => memberCreated(index + 1));

describe('Events that travel together on RabbitMQ', () => {
  let ground: RabbitPlayground;

  beforeEach(() => {
    ground = new RabbitPlayground();
  });

  afterEach(async () => {
    await ground.clean();
  });

  async function read(
    transport: EventTransport,
    deliver: (message: IncomingMessage) => Promise<void>,
    options: Parameters<typeof testReader>[0] = {},
  ): Promise<void> {
    const reading = await transport.consume(testReader(options), deliver);
    await reading.waitUntilUp(waitMs);
    await transport.waitUntilUp(waitMs);
  }

  it('go as one JSON array when they are published at the same moment, and as one object alone', async () => {
    const transport = ground.transport({ eventsPerMessageMax: 50 });
    await read(transport, async () => undefined, { keys: ['member.created.v1'] });
    const channel = await ground.channel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchangeName(ground.namespace), '#');
    const sent = members(3);
    const alone = memberCreated(9);
    // As from three outbox rows that are carried in one turn.
    await Promise.all(sent.flatMap((event) => transport.publish([event])));
    await Promise.all(transport.publish([alone]));
    const [first, second] = [await ground.takeFrom(queue), await ground.takeFrom(queue)];
    expect(JSON.parse(first!.content.toString())).toEqual(sent.map(({ body }) => JSON.parse(body)));
    expect(first!.properties.headers).toMatchObject({ 'x-events': 3 });
    expect(second!.content.toString()).toBe(alone.body);
    expect(await ground.takeFrom(queue)).toBeNull();
  });

  it('reach their handler one by one, each once, never more of them in hand than the prefetch', async () => {
    const transport = ground.transport({ eventsPerMessageMax: 10 });
    const got: string[] = [];
    let [inHand, most] = [0, 0];
    await read(
      transport,
      async ({ id }) => {
        inHand += 1;
        most = Math.max(most, inHand);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inHand -= 1;
        got.push(id);
      },
      { prefetch: 15 },
    );
    const sent = members(100);
    await Promise.all(transport.publish(sent));
    await until('all', () => got.length >= 100);
    expect(got.toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    expect(most).toBeLessThanOrEqual(15);
  });

  it('are laid away alone when they fail, and take none of the others with them', async () => {
    const transport = ground.transport({ eventsPerMessageMax: 50 });
    const sent = members(10);
    const poison = sent[4]!;
    const got: string[] = [];
    const tries: number[] = [];
    await read(transport, async ({ id, tries: before }) => {
      if (id !== poison.id) return void got.push(id);
      tries.push(before);
      throw new TypeError('no fives');
    });
    await Promise.all(transport.publish(sent));
    const { dead, queue } = ground.names('point');
    await until('dead letter', async () => (await ground.depth(dead)) === 1);
    expect(tries).toEqual([0, 1, 2]);
    expect(got.toSorted()).toEqual(
      sent
        .filter((event) => event !== poison)
        .map(({ id }) => id)
        .toSorted(),
    );
    const letter = await ground.takeFrom(dead);
    expect(letter?.content.toString()).toBe(poison.body);
    expect(letter?.properties.messageId).toBe(poison.id);
    expect(await ground.depth(queue)).toBe(0);
  });

  it('get a message each when they come again, so that a deadly one is given up alone', async () => {
    const { proxy, url } = await CuttableProxy.before(brokerUrl);
    const transport = ground.transport({ url, eventsPerMessageMax: 50 });
    const sent = members(5);
    const begun: IncomingMessage[] = [];
    const never = new Promise<void>(() => undefined);
    await read(
      transport,
      async (message) => {
        begun.push(message);
        if (begun.length <= 5) return never;
      },
      { drainMaxMs: 10 },
    );
    await Promise.all(transport.publish(sent));
    await until('the bundle in hand', () => begun.length === 5);
    proxy.cut();
    await until('each again', () => begun.length >= 10);
    const again = begun.slice(5);
    expect(again.map(({ body }) => body).toSorted()).toEqual(
      sent.map(({ body }) => body).toSorted(),
    );
    // Messages of their own, new to the broker: it counts their deliveries from the start.
    expect(again.every(({ redelivered }) => !redelivered)).toBe(true);
    await until('empty', async () => (await ground.depth(ground.names('point').queue)) === 0);
    await ground.stopReading();
    await proxy.close();
  });

  it('that nobody is bound to are unroutable, all of them', async () => {
    const transport = ground.transport({ eventsPerMessageMax: 50 });
    await read(transport, async () => undefined);
    const unheard = members(3).map((event) => ({ ...event, key: 'deal.used.v1' as const }));
    expect(await Promise.all(transport.publish([...unheard, memberCreated(1)]))).toEqual([
      ...['unroutable', 'unroutable', 'unroutable'],
      'taken',
    ]);
  });

  it('is an empty array or no JSON at all: set aside as one message, not passed over', async () => {
    const transport = ground.transport();
    const bodies: string[] = [];
    await read(transport, async ({ body }) => {
      bodies.push(body);
      throw new SyntaxError('not an event');
    });
    const channel = await ground.channel();
    for (const body of ['[]', '[{"id":']) {
      channel.publish(exchangeName(ground.namespace), 'member.created.v1', Buffer.from(body));
    }
    const { dead } = ground.names('point');
    await until('dead letters', async () => (await ground.depth(dead)) === 2);
    expect(new Set(bodies)).toEqual(new Set(['[]', '[{"id":']));
  });
});
