import { Logger } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';
import type { ServiceName } from '@onepoint/contracts';
import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';
import { BrokerLink } from '../rabbit/broker-link.ts';
import { ConfirmedPublisher } from '../rabbit/confirmed-publisher.ts';
import { freshHeaders } from '../rabbit/message-headers.ts';
import { rabbitNames } from '../rabbit/rabbit-names.ts';
import type { OutgoingMessage, PublishOutcome } from '../transport/event-transport.ts';
import { BrokerAway } from '../transport/transport.errors.ts';
import { DeadLetters } from './dead-letters.ts';

/** What lies in one service's queues. A message in a reader's hand is in none of these numbers. */
export interface QueueDepths {
  readonly ready: number;
  readonly consumers: number;
  /** By the delay of their queue, in milliseconds; only queues that exist. */
  readonly retry: readonly { readonly delayMs: number; readonly messages: number }[];
  readonly dead: number;
}

const upWithinMs = 5_000;
const confirmTimeoutMs = 10_000;

/** How a {@link BrokerDesk} reaches the broker. */
export interface BrokerDeskOptions {
  readonly url: string;
  readonly namespace: string;
  readonly logger?: LoggerService;
}

/**
 * An operator's way to the queues: looks without disturbing anybody, and sends to one service alone, through
 * the default exchange and never through the topic exchange that all hear. Close it when done.
 */
export class BrokerDesk {
  readonly #link: BrokerLink<ConfirmChannel>;
  readonly #publisher: ConfirmedPublisher;
  #connection: ChannelModel | null = null;

  constructor(private readonly options: BrokerDeskOptions) {
    this.#link = new BrokerLink({
      url: options.url,
      purpose: 'operating',
      logger: options.logger ?? new Logger(BrokerDesk.name),
      reconnect: { firstMs: 100, longestMs: 1_000, attemptMs: upWithinMs },
      prepare: (connection) => this.#prepare(connection),
    });
    this.#publisher = new ConfirmedPublisher(this.#link, confirmTimeoutMs);
  }

  /** null when the service has no queue here. @throws BrokerAway */
  async depths(
    service: ServiceName,
    retryDelaysMs: readonly number[],
  ): Promise<QueueDepths | null> {
    const names = rabbitNames(this.options.namespace, service);
    const queue = await this.#look(names.queue);
    if (queue === null) return null;
    const retry: { delayMs: number; messages: number }[] = [];
    for (const delayMs of retryDelaysMs) {
      const found = await this.#look(names.retry(delayMs));
      if (found !== null) retry.push({ delayMs, messages: found.messages });
    }
    const dead = await this.#look(names.dead);
    return {
      ready: queue.messages,
      consumers: queue.consumers,
      retry,
      dead: dead?.messages ?? 0,
    };
  }

  /** Takes the oldest dead letters of a service in hand; null when it has no such queue. @throws BrokerAway */
  async deadLetters(service: ServiceName, max: number): Promise<DeadLetters | null> {
    const names = rabbitNames(this.options.namespace, service);
    if ((await this.#look(names.dead)) === null) return null;
    return DeadLetters.take(await this.#newChannel(), names, this.#publisher, max);
  }

  /** Sends to one service's queue alone; as {@link EventTransport.publish} otherwise. */
  async sendTo(
    service: ServiceName,
    messages: readonly OutgoingMessage[],
  ): Promise<PublishOutcome[]> {
    await this.#link.waitUntilUp(upWithinMs);
    const { queue } = rabbitNames(this.options.namespace, service);
    return Promise.all(
      messages.map(({ id, key, body, traceparent }) =>
        this.#publisher.publish({
          ...{ exchange: '', routingKey: queue, messageId: id, key },
          ...{ body: Buffer.from(body), headers: freshHeaders(traceparent) },
        }),
      ),
    );
  }

  async close(): Promise<void> {
    await this.#link.close();
    this.#publisher.close();
  }

  async #prepare(connection: ChannelModel): Promise<ConfirmChannel> {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    this.#publisher.attach(channel);
    this.#connection = connection;
    return channel;
  }

  /** A channel of its own for each look: asking for a queue that is not there ends the channel. */
  async #look(queue: string): Promise<{ messages: number; consumers: number } | null> {
    const channel = await this.#newChannel();
    try {
      const { messageCount, consumerCount } = await channel.checkQueue(queue);
      await channel.close();
      return { messages: messageCount, consumers: consumerCount };
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  async #newChannel(): Promise<Channel> {
    await this.#link.waitUntilUp(upWithinMs);
    if (this.#connection === null) throw new BrokerAway('no connection');
    const channel = await this.#connection.createChannel();
    channel.on('error', () => undefined);
    return channel;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 404;
}
