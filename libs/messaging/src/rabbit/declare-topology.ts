import { connect } from 'amqplib';
import type { Channel } from 'amqplib';
import type { EventKey, ServiceName } from '@onepoint/contracts';
import { exchangeName, rabbitNames } from './rabbit-names.ts';

/**
 * How often the broker hands out one message before it dead-letters it by itself. Only crashes and cut
 * connections count here (a failing handler's message is copied to a retry queue and starts anew), and each
 * crash counts for every message that was in hand: too small a number would lose patience with healthy ones.
 */
export const deliveryLimit = 20;

/**
 * How often a dead letter may be looked at before the broker drops it: every look that puts it back counts as
 * a delivery, and from RabbitMQ 4.0 on a quorum queue without a limit of its own has one of 20.
 */
export const deadLetterLooksMax = 1_000_000;

/** One service's ear: what it hears, and the delays between its tries. */
export interface ReaderTopology {
  readonly service: ServiceName;
  readonly keys: readonly EventKey[];
  readonly retryDelaysMs: readonly number[];
}

/** The exchange, durable. Publishers declare it too: they may come first. */
export async function declareExchange(channel: Channel, namespace: string): Promise<void> {
  await channel.assertExchange(exchangeName(namespace), 'topic', { durable: true });
}

/**
 * The exchange, the service's queue with its bindings, its retry queues and its dead letter queue. All
 * durable quorum queues. Repeating it changes nothing; bindings that are no longer wanted stay, since an
 * older instance may still be running.
 */
export async function declareReader(
  channel: Channel,
  namespace: string,
  reader: ReaderTopology,
): Promise<void> {
  const names = rabbitNames(namespace, reader.service);
  await declareExchange(channel, namespace);
  for (const delayMs of reader.retryDelaysMs) {
    const back = deadLetterTo(names.queue);
    await declareQueue(channel, names.retry(delayMs), { 'x-message-ttl': delayMs, ...back });
  }
  const limit = { 'x-delivery-limit': deliveryLimit, ...deadLetterTo(names.dead) };
  await declareQueue(channel, names.queue, limit);
  for (const key of reader.keys) await channel.bindQueue(names.queue, names.exchange, key);
  await declareQueue(channel, names.dead, { 'x-delivery-limit': deadLetterLooksMax });
}

/**
 * Refuses unless the service's ear is complete: its dead letter queue is the last thing declared.
 *
 * @throws Error when it is not; the channel is closed then
 */
export async function requireReader(
  channel: Channel,
  namespace: string,
  service: ServiceName,
): Promise<void> {
  await channel.checkQueue(rabbitNames(namespace, service).dead);
}

/**
 * Declares everything before anybody publishes: an event published before a reader's queue is bound would
 * never reach that reader (P4). For the migration job.
 *
 * @throws Error when the broker cannot be reached, or a queue exists with other arguments
 */
export async function declareTopology(options: {
  readonly url: string;
  readonly namespace: string;
  readonly readers: readonly ReaderTopology[];
}): Promise<void> {
  const connection = await connect(options.url, { timeout: 5_000 });
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    await declareExchange(channel, options.namespace);
    for (const reader of options.readers) await declareReader(channel, options.namespace, reader);
    await channel.close();
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** `reject-publish` and `at-least-once` belong together: otherwise dead letters are moved unconfirmed. */
function deadLetterTo(queue: string): Record<string, string> {
  return {
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}

async function declareQueue(
  channel: Channel,
  queue: string,
  args: Record<string, unknown>,
): Promise<void> {
  await channel.assertQueue(queue, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', ...args },
  });
}
