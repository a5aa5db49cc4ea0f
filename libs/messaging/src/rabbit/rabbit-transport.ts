import { Logger } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';
import type { ServiceName } from '@onepoint/contracts';
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type {
  Consumption,
  Deliver,
  EventTransport,
  OutgoingMessage,
  PublishOutcome,
  ReaderOptions,
} from '../transport/event-transport.ts';
import { ReaderExists } from '../transport/transport.errors.ts';
import { bundleEventsMax } from './bundle.ts';
import { Bundler } from './bundler.ts';
import { BrokerLink } from './broker-link.ts';
import type { ReconnectDelays } from './broker-link.ts';
import { ConfirmedPublisher } from './confirmed-publisher.ts';
import { declareExchange, requireReader } from './declare-topology.ts';
import { exchangeName } from './rabbit-names.ts';
import { RabbitReader } from './rabbit-reader.ts';

/** How to reach the broker. */
export interface RabbitOptions {
  /** `amqp://user:password@host:port/vhost`; never logged. */
  readonly url: string;
  /** Prefix of the exchange and of all queues. */
  readonly namespace: string;
  /**
   * Who must have declared their queues before anything is published: an event published before one of them
   * is bound would never reach it (P4). Publishing is down until then. Default: nobody.
   */
  readonly expectedReaders?: readonly ServiceName[];
  readonly logger?: LoggerService;
  /** A publish without a confirm within this time is unknown. Default 10 s. */
  readonly confirmTimeoutMs?: number;
  /**
   * Events of one key in one message at most, from 1 to {@link bundleEventsMax}; default 1, each alone. What is
   * published at the same moment travels together; readers take both, whatever theirs is.
   */
  readonly eventsPerMessageMax?: number;
  /** Default 100 ms, growing to 5 s. */
  readonly reconnect?: ReconnectDelays;
}

/**
 * Events over RabbitMQ: one connection for publishing, another for each reader, since a connection that
 * publishes is not read any more under a memory alarm and acknowledgements on it would stall. Connects on
 * first use and keeps reconnecting until it is closed.
 */
export class RabbitTransport implements EventTransport {
  readonly #logger: LoggerService;
  readonly #reconnect: ReconnectDelays;
  readonly #link: BrokerLink<ConfirmChannel>;
  readonly #publisher: ConfirmedPublisher;
  readonly #bundler: Bundler;
  readonly #readers = new Map<string, RabbitReader>();

  constructor(private readonly options: RabbitOptions) {
    this.#logger = options.logger ?? new Logger(RabbitTransport.name);
    this.#reconnect = options.reconnect ?? { firstMs: 100, longestMs: 5_000 };
    const exchange = exchangeName(options.namespace);
    this.#link = new BrokerLink({
      url: options.url,
      purpose: `publishing to ${exchange}`,
      logger: this.#logger,
      reconnect: this.#reconnect,
      prepare: (connection) => this.#prepare(connection),
    });
    this.#publisher = new ConfirmedPublisher(this.#link, options.confirmTimeoutMs ?? 10_000);
    const { eventsPerMessageMax = 1 } = options;
    this.#bundler = new Bundler(
      this.#publisher,
      exchange,
      Math.min(Math.max(eventsPerMessageMax, 1), bundleEventsMax),
    );
  }

  get status(): 'up' | 'down' {
    return this.#link.channel === null ? 'down' : 'up';
  }

  waitUntilUp(timeoutMs: number): Promise<void> {
    return this.#link.waitUntilUp(timeoutMs);
  }

  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[] {
    this.#link.start();
    return messages.map((message) => this.#bundler.publish(message));
  }

  /** @throws ReaderExists when this service reads here already */
  async consume(reader: ReaderOptions, deliver: Deliver): Promise<Consumption> {
    if (this.#readers.has(reader.service)) throw new ReaderExists(reader.service);
    this.#link.start();
    const { url, namespace } = this.options;
    const parts = { url, namespace, logger: this.#logger, reconnect: this.#reconnect };
    const consumption = new RabbitReader({ ...parts, publisher: this.#publisher }, reader, deliver);
    this.#readers.set(reader.service, consumption);
    return {
      get status() {
        return consumption.status;
      },
      waitUntilUp: (timeoutMs) => consumption.waitUntilUp(timeoutMs),
      stop: async () => {
        await consumption.stop();
        if (this.#readers.get(reader.service) === consumption) this.#readers.delete(reader.service);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#readers.values()].map((reader) => reader.stop()));
    this.#readers.clear();
    await this.#link.close();
    this.#publisher.close();
  }

  async #prepare(connection: ChannelModel): Promise<ConfirmChannel> {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    this.#publisher.attach(channel);
    const { namespace, expectedReaders = [] } = this.options;
    await declareExchange(channel, namespace);
    for (const service of expectedReaders) await requireReader(channel, namespace, service);
    return channel;
  }
}
