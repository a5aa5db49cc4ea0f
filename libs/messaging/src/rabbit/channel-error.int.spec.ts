import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { brokerUrl, RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import type { Consumption } from '../transport/event-transport.ts';
import type { RabbitTransport } from './rabbit-transport.ts';

jest.setTimeout(40_000);

/** `basic.ack` of a message that nobody was given: the broker ends the channel with 406 for it. */
function impossibleAck(): Buffer {
  const method = Buffer.alloc(13);
  method.writeUInt16BE(60, 0); // basic
  method.writeUInt16BE(80, 2); // ack
  method.writeBigUInt64BE(999_999n, 4);
  const head = Buffer.alloc(7);
  head.writeUInt8(1, 0); // a method
  head.writeUInt16BE(1, 1); // of the first channel
  head.writeUInt32BE(method.length, 3);
  return Buffer.concat([head, method, Buffer.from([0xce])]);
}

describe('A channel that the broker ends with an error', () => {
  let rabbit: RabbitPlayground;
  let proxy: CuttableProxy;
  let transport: RabbitTransport;
  let reading: Consumption;
  let heard: string[];
  let hold: Promise<void>;

  beforeEach(async () => {
    rabbit = new RabbitPlayground();
    heard = [];
    hold = Promise.resolve();
    const before = await CuttableProxy.before(brokerUrl);
    proxy = before.proxy;
    transport = rabbit.transport({ url: before.url, confirmTimeoutMs: 2_000 });
    reading = await transport.consume(testReader(), async ({ id }) => {
      await hold;
      heard.push(id);
    });
    await reading.waitUntilUp(10_000);
    await transport.waitUntilUp(10_000);
  });

  afterEach(async () => {
    await rabbit.clean();
    await proxy.close();
  });

  const refusals = (): string[] => rabbit.log.lines.filter((line) => line.includes('406'));

  it('is replaced, for publishing and for reading, and what was in hand comes again', async () => {
    const held = Promise.withResolvers<void>();
    hold = held.promise;
    const messages = [memberCreated(1), memberCreated(2), memberCreated(3)];
    await Promise.all(transport.publish(messages));
    await until(
      'all are in hand',
      async () => (await rabbit.depth(rabbit.names('point').queue)) === 0,
    );
    proxy.inject(impossibleAck());
    await until('both channels were refused', () => refusals().length === 2);
    // Their acknowledgements belong to a channel that is gone: they settle nothing on the new one.
    held.resolve();
    await Promise.all([reading.waitUntilUp(10_000), transport.waitUntilUp(10_000)]);
    const later = memberCreated(4);
    await until('published', async () => {
      const [outcome] = await Promise.allSettled(transport.publish([later]));
      return outcome?.status === 'fulfilled' && outcome.value === 'taken';
    });
    const ids = [...messages, later].map(({ id }) => id).toSorted();
    await until('all are heard', () => new Set(heard).size === 4);
    expect([...new Set(heard)].toSorted()).toEqual(ids);
    // Given twice: on the channel that was ended, and on the one that followed.
    await until('twice', () =>
      messages.every(({ id }) => heard.filter((one) => one === id).length === 2),
    );
    await until(
      'nothing is left',
      async () => (await rabbit.depth(rabbit.names('point').queue)) === 0,
    );
    await until('no connection is left over', () => proxy.connections === 2);
    expect(refusals()).toHaveLength(2);
  });

  it('is replaced when what it publishes to is gone, and nothing is called taken meanwhile', async () => {
    await (await rabbit.channel()).deleteExchange(`${rabbit.namespace}.events`);
    const message = memberCreated(1);
    const [first] = await Promise.allSettled(transport.publish([message]));
    expect(first?.status).toBe('rejected');
    await until('it is refused as unroutable', async () => {
      const [outcome] = await Promise.allSettled(transport.publish([message]));
      return outcome?.status === 'fulfilled' && outcome.value === 'unroutable';
    });
    // The reader binds its queue again with its next connection.
    proxy.cut();
    await until('taken', async () => {
      const [outcome] = await Promise.allSettled(transport.publish([message]));
      return outcome?.status === 'fulfilled' && outcome.value === 'taken';
    });
    await until('heard', () => heard.includes(message.id));
  });
});
