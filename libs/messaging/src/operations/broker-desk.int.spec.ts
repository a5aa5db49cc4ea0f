import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  brokerUrl,
  RabbitPlayground,
  testReader,
  testRetryDelaysMs,
} from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import type { IncomingMessage, OutgoingMessage } from '../transport/event-transport.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { BrokerDesk } from './broker-desk.ts';

jest.setTimeout(40_000);

describe('An operator at the broker', () => {
  let rabbit: RabbitPlayground;
  let desk: BrokerDesk;

  beforeEach(() => {
    rabbit = new RabbitPlayground();
    desk = new BrokerDesk({
      ...{ url: brokerUrl, namespace: rabbit.namespace, logger: rabbit.log },
    });
  });

  afterEach(async () => {
    await desk.close();
    await rabbit.clean();
  });

  /** Two readers; `point` sets aside what it is told to. */
  async function readers(isPoison: (message: IncomingMessage) => boolean) {
    const transport = rabbit.transport();
    const heard = { point: [] as IncomingMessage[], billing: [] as IncomingMessage[] };
    for (const service of ['point', 'billing'] as const) {
      const reading = await transport.consume(testReader({ service }), async (message) => {
        if (service === 'point' && isPoison(message)) throw new SetAside('POISON', 'no use');
        heard[service].push(message);
      });
      await reading.waitUntilUp(10_000);
    }
    const publish = async (messages: readonly OutgoingMessage[]): Promise<void> =>
      void (await Promise.all(transport.publish(messages)));
    return { heard, publish };
  }

  async function lookAt(): Promise<string[]> {
    const letters = await desk.deadLetters('point', 100);
    const ids = letters?.letters.map(({ id }) => id) ?? [];
    await letters?.release();
    return ids;
  }

  it('sees what waits, what is retried and what was set aside', async () => {
    const { publish } = await readers(() => true);
    expect(await desk.depths('deal', testRetryDelaysMs)).toBeNull();
    await publish([memberCreated(1), memberCreated(2)]);
    await until('set aside', async () => (await rabbit.depth(rabbit.names('point').dead)) === 2);
    expect(await desk.depths('point', testRetryDelaysMs)).toEqual({
      ...{ ready: 0, consumers: 1, dead: 2 },
      retry: testRetryDelaysMs.map((delayMs) => ({ delayMs, messages: 0 })),
    });
  });

  it('may look as often as he likes: what was looked at is there again, with its reason', async () => {
    const { publish } = await readers(() => true);
    const messages = [memberCreated(1), memberCreated(2), memberCreated(3)];
    await publish(messages);
    const ids = messages.map(({ id }) => id).toSorted();
    for (let looks = 0; looks < 25; looks += 1) {
      await until('all three', async () => (await rabbit.depth(rabbit.names('point').dead)) === 3);
      expect((await lookAt()).toSorted()).toEqual(ids);
    }
    const letters = await desk.deadLetters('point', 1);
    expect(letters?.letters).toMatchObject([
      { key: 'member.created.v1', reason: 'POISON: no use', tries: 1 },
    ]);
    // He dies while he looks: nothing was acknowledged.
    await desk.close();
    await until('put back', async () => (await rabbit.depth(rabbit.names('point').dead)) === 3);
  });

  it('sends back to the one service what it set aside, to be tried as if it were new', async () => {
    let isMended = false;
    const { heard, publish } = await readers(() => !isMended);
    const messages = [memberCreated(1), memberCreated(2), memberCreated(3)];
    await publish(messages);
    await until('set aside', async () => (await rabbit.depth(rabbit.names('point').dead)) === 3);
    await until('heard by the other', () => heard.billing.length === 3);
    isMended = true;
    const letters = await desk.deadLetters('point', 100);
    const chosen = messages.slice(0, 2).map(({ id }) => id);
    const sent = await letters!.retry(({ id }) => chosen.includes(id));
    await letters!.release();
    expect(sent).toHaveLength(2);
    await until('heard', () => heard.point.length === 2);
    expect(heard.point.map(({ id, tries }) => ({ id, tries }))).toEqual(
      expect.arrayContaining(chosen.map((id) => ({ id, tries: 0 }))),
    );
    expect(heard.billing).toHaveLength(3);
    await until('one is left', async () => (await lookAt()).length === 1);
    expect(await lookAt()).toEqual([messages[2]?.id]);
  });

  it('keeps what cannot be sent back because the queue is gone', async () => {
    const { publish } = await readers(() => true);
    await publish([memberCreated(1)]);
    const { queue, dead } = rabbit.names('point');
    await until('set aside', async () => (await rabbit.depth(dead)) === 1);
    await rabbit.stopReading();
    await (await rabbit.channel()).deleteQueue(queue);
    const letters = await desk.deadLetters('point', 100);
    await expect(letters!.retry(() => true)).rejects.toThrow('stays set aside');
    await letters!.release();
    await until('still there', async () => (await rabbit.depth(dead)) === 1);
  });

  it('drops what he is told to drop, and nothing else', async () => {
    const { publish } = await readers(() => true);
    const [kept, dropped] = [memberCreated(1), memberCreated(2)];
    await publish([kept, dropped]);
    await until('set aside', async () => (await rabbit.depth(rabbit.names('point').dead)) === 2);
    const letters = await desk.deadLetters('point', 100);
    expect(letters!.drop(({ id }) => id === dropped.id)).toMatchObject([{ body: dropped.body }]);
    await letters!.release();
    await until('one is left', async () => (await lookAt()).length === 1);
    expect(await lookAt()).toEqual([kept.id]);
  });

  it('replays to one reader alone', async () => {
    const { heard } = await readers(() => false);
    const message = { ...memberCreated(1), traceparent: '00-a-b-01' };
    expect(await desk.sendTo('point', [message])).toEqual(['taken']);
    await until('heard', () => heard.point.length === 1);
    expect(heard.point[0]).toMatchObject({ id: message.id, key: message.key, tries: 0 });
    expect(heard.billing).toEqual([]);
    expect(await desk.sendTo('deal', [message])).toEqual(['unroutable']);
  });

  it('is told in time when the broker is not there', async () => {
    const nowhere = new BrokerDesk({
      ...{ url: 'amqp://127.0.0.1:1', namespace: 'x', logger: rabbit.log },
    });
    await expect(nowhere.depths('point', [])).rejects.toThrow('the broker is away');
    await nowhere.close();
  });
});
