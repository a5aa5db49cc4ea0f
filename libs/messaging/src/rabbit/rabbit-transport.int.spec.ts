import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IncomingMessage } from '../transport/event-transport.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { brokerUrl, RabbitPlayground, testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import { declareTopology } from './declare-topology.ts';

jest.setTimeout(30_000);

describe('RabbitTransport', () => {
  let ground: RabbitPlayground;
  let proxies: CuttableProxy[];

  beforeEach(() => {
    ground = new RabbitPlayground();
    proxies = [];
  });

  afterEach(async () => {
    await ground.clean();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  });

  async function proxied(): Promise<{ proxy: CuttableProxy; url: string }> {
    const made = await CuttableProxy.before(brokerUrl);
    proxies.push(made.proxy);
    return made;
  }

  it('delivers what it was told was taken', async () => {
    const transport = ground.transport();
    const got: IncomingMessage[] = [];
    const reading = await transport.consume(
      testReader(),
      async (message) => void got.push(message),
    );
    await reading.waitUntilUp(10_000);
    await transport.waitUntilUp(10_000);
    const sent = [memberCreated(1), { ...memberCreated(2), traceparent: '00-aa-bb-01' }];
    expect(await Promise.all(transport.publish(sent))).toEqual(['taken', 'taken']);
    await until('both', () => got.length === 2);
    expect(got.map(({ id, key, body }) => ({ id, key, body }))).toEqual(
      sent.map(({ id, key, body }) => ({ id, key, body })),
    );
    expect(got.map(({ traceparent, tries }) => ({ traceparent, tries }))).toEqual([
      { traceparent: null, tries: 0 },
      { traceparent: '00-aa-bb-01', tries: 0 },
    ]);
  });

  it('says that a message nobody is bound to is unroutable, though the broker confirms it', async () => {
    const transport = ground.transport();
    await transport.waitUntilUp(10_000);
    const reading = await transport.consume(testReader(), async () => undefined);
    await reading.waitUntilUp(10_000);
    const lost = { ...memberCreated(1), key: 'deal.saved.v1' as const };
    const outcomes = await Promise.all(transport.publish([lost, memberCreated(2), lost]));
    expect(outcomes).toEqual(['unroutable', 'taken', 'unroutable']);
  });

  it('rejects as unknown what is not confirmed in time, and comes back by itself', async () => {
    const { proxy, url } = await proxied();
    const transport = ground.transport({ url, confirmTimeoutMs: 200 });
    const reading = await transport.consume(testReader(), async () => undefined);
    await reading.waitUntilUp(10_000);
    await transport.waitUntilUp(10_000);
    proxy.setMute(true);
    const [answer] = await Promise.allSettled(transport.publish([memberCreated(1)]));
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'PUBLISH_UNKNOWN' } });
    proxy.setMute(false);
    await until('published again', async () => {
      const [again] = await Promise.allSettled(transport.publish([memberCreated(2)]));
      return again?.status === 'fulfilled' && again.value === 'taken';
    });
  });

  it('rejects at once while the broker is away, and publishes when it is back', async () => {
    const { proxy, url } = await proxied();
    const transport = ground.transport({ url });
    const reading = await transport.consume(testReader(), async () => undefined);
    await reading.waitUntilUp(10_000);
    await transport.waitUntilUp(10_000);
    proxy.setAway(true);
    await until('down', () => transport.status === 'down');
    await expect(transport.publish([memberCreated(1)])[0]).rejects.toMatchObject({
      code: 'BROKER_AWAY',
    });
    await expect(transport.waitUntilUp(50)).rejects.toMatchObject({ code: 'BROKER_AWAY' });
    proxy.setAway(false);
    await transport.waitUntilUp(10_000);
    expect(await transport.publish([memberCreated(1)])[0]).toBe('taken');
  });

  it('keeps publishing and reading on connections of their own', async () => {
    const { proxy, url } = await proxied();
    const transport = ground.transport({ url });
    const reading = await transport.consume(testReader(), async () => undefined);
    await reading.waitUntilUp(10_000);
    await transport.waitUntilUp(10_000);
    expect(proxy.connections).toBe(2);
  });

  it('loses nothing when the connections are cut again and again', async () => {
    const { proxy, url } = await proxied();
    const transport = ground.transport({ url });
    const got = new Set<string>();
    const reading = await transport.consume(testReader(), async ({ id }) => void got.add(id));
    await reading.waitUntilUp(10_000);
    const sent = Array.from({ length: 600 }, (_, index) => memberCreated(index + 1));
    for (const [index, message] of sent.entries()) {
      if (index % 100 === 50) proxy.cut();
      let outcome = 'unknown';
      while (outcome !== 'taken') {
        await transport.waitUntilUp(10_000);
        outcome = await transport.publish([message])[0]!.catch(() => 'unknown');
      }
    }
    await until('all 600', () => got.size === sent.length);
    expect([...got].toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
  });

  it('publishes nothing before everybody who must hear has a queue to hear from', async () => {
    const early = ground.transport({ expectedReaders: ['point', 'dashboard'] });
    await expect(early.waitUntilUp(300)).rejects.toMatchObject({ code: 'BROKER_AWAY' });
    const others = ground.transport();
    const got: string[] = [];
    const keep = async ({ id }: IncomingMessage): Promise<void> => void got.push(id);
    await others.consume(testReader(), keep);
    await expect(early.waitUntilUp(300)).rejects.toMatchObject({ code: 'BROKER_AWAY' });
    await others.consume(testReader({ service: 'dashboard' }), keep);
    await early.waitUntilUp(10_000);
    expect(await early.publish([memberCreated(1)])[0]).toBe('taken');
    await until('both heard', () => got.length === 2);
  });

  it('can have all of its topology declared beforehand, as often as one likes', async () => {
    const readers = [
      { service: 'point', keys: ['member.created.v1'], retryDelaysMs: [50, 100] },
    ] as const;
    const { namespace } = ground;
    for (const _time of [1, 2]) await declareTopology({ url: brokerUrl, namespace, readers });
    const transport = ground.transport({ expectedReaders: ['point'] });
    await transport.waitUntilUp(10_000);
    expect(await transport.publish([memberCreated(1)])[0]).toBe('taken');
    expect(await ground.depth(ground.names('point').queue)).toBe(1);
  });

  it('refuses a second reader of the same service', async () => {
    const transport = ground.transport();
    const reading = await transport.consume(testReader(), async () => undefined);
    const second = transport.consume(testReader(), async () => undefined);
    await expect(second).rejects.toMatchObject({ code: 'READER_EXISTS' });
    await reading.waitUntilUp(10_000);
  });
});
