import { connect } from 'amqplib';

/** Rates of the hand-written loop, messages per second. */
export interface LoopRates {
  readonly published: number;
  readonly consumed: number;
}

/** Published and unconfirmed at once, and consumed and unacknowledged: what OnePoint's window and prefetch are. */
const WINDOW = 8_000;
const PREFETCH = 500;
const QUEUE = 'bench.loop';

/**
 * What one would write without OnePoint: persistent messages of the same size to one quorum queue, confirmed;
 * then read from it and acknowledged, without doing anything with them.
 */
export async function amqplibLoop(url: string, messages: readonly Buffer[]): Promise<LoopRates> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const published = await rateOf(messages.length, async () => {
    for (let from = 0; from < messages.length; from += WINDOW) {
      for (const message of messages.slice(from, from + WINDOW)) {
        channel.sendToQueue(QUEUE, message, { persistent: true, mandatory: true });
      }
      await channel.waitForConfirms();
    }
  });
  await channel.prefetch(PREFETCH);
  const consumed = await rateOf(messages.length, async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let left = messages.length;
    await channel.consume(QUEUE, (message) => {
      if (message === null) return;
      JSON.parse(message.content.toString());
      channel.ack(message);
      left -= 1;
      if (left === 0) resolve();
    });
    await promise;
  });
  await channel.deleteQueue(QUEUE);
  await channel.close();
  await connection.close();
  return { published, consumed };
}

async function rateOf(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (count / (performance.now() - startedAt)) * 1_000;
}
