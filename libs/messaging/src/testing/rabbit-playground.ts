import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import type { Channel, ChannelModel, GetMessage } from 'amqplib';
import type { ServiceName } from '@onepoint/contracts';
import { rabbitNames } from '../rabbit/rabbit-names.ts';
import type { RabbitNames } from '../rabbit/rabbit-names.ts';
import { RabbitTransport } from '../rabbit/rabbit-transport.ts';
import type { RabbitOptions } from '../rabbit/rabbit-transport.ts';
import type { ReaderOptions } from '../transport/event-transport.ts';
import { recordingLogger } from './recording-logger.ts';

export const brokerUrl = process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';

/** The delays that all tests here use, so that queues match. */
export const testRetryDelaysMs = [50, 100];

/** A namespace of its own on the real broker; everything in it is deleted afterwards. */
export class RabbitPlayground {
  readonly namespace = `t_${randomUUID().slice(0, 8)}`;
  readonly log = recordingLogger();
  readonly #transports: RabbitTransport[] = [];
  #connection: ChannelModel | null = null;
  #channel: Channel | null = null;

  /** A transport that reconnects fast. */
  transport(options: Partial<RabbitOptions> = {}): RabbitTransport {
    const reconnect = { firstMs: 20, longestMs: 200, attemptMs: 1_000 };
    const { namespace, log: logger } = this;
    const transport = new RabbitTransport({
      url: brokerUrl,
      namespace,
      logger,
      reconnect,
      ...options,
    });
    this.#transports.push(transport);
    return transport;
  }

  names(service: ServiceName): RabbitNames {
    return rabbitNames(this.namespace, service);
  }

  /** A channel to look and to meddle with; replaced when a look at something absent closes it. */
  async channel(): Promise<Channel> {
    if (this.#connection === null) {
      this.#connection = await connect(brokerUrl);
      this.#connection.on('error', () => undefined);
    }
    if (this.#channel === null) {
      this.#channel = await this.#connection.createChannel();
      this.#channel.on('error', () => undefined);
      this.#channel.on('close', () => (this.#channel = null));
    }
    return this.#channel;
  }

  async depth(queue: string): Promise<number> {
    return (await (await this.channel()).checkQueue(queue)).messageCount;
  }

  async takeFrom(queue: string): Promise<GetMessage | null> {
    return (await (await this.channel()).get(queue, { noAck: true })) || null;
  }

  /** Ends all transports; the queues stay. */
  async stopReading(): Promise<void> {
    await Promise.all(this.#transports.map((transport) => transport.close()));
  }

  async clean(): Promise<void> {
    await this.stopReading();
    for (const service of ['point', 'member', 'dashboard', 'billing', 'deal'] as const) {
      const names = this.names(service);
      const queues = [names.queue, names.dead, ...testRetryDelaysMs.map(names.retry)];
      for (const queue of queues) await (await this.channel()).deleteQueue(queue);
    }
    await (await this.channel()).deleteExchange(`${this.namespace}.events`);
    await this.#connection?.close();
  }
}

/** A reader of `member.created.v1` whose database never goes away. */
export function testReader(options: Partial<ReaderOptions> = {}): ReaderOptions {
  return {
    service: 'point',
    keys: ['member.created.v1'],
    prefetch: 50,
    retryDelaysMs: testRetryDelaysMs,
    isAway: () => false,
    waitUntilBack: () => Promise.resolve(),
    ...options,
  };
}
