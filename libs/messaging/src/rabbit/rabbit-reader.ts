import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { LoggerService } from '@nestjs/common';
import type { Consumption, Deliver, ReaderOptions } from '../transport/event-transport.ts';
import { reasonOf } from '../transport/judge-delivery.ts';
import { firstOf } from '../transport/wait.ts';
import { AckWindow } from './ack-window.ts';
import { BrokerLink } from './broker-link.ts';
import type { ReconnectDelays } from './broker-link.ts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';
import { declareReader } from './declare-topology.ts';
import { InHand } from './in-hand.ts';
import { LayAway } from './lay-away.ts';
import { eventsOf } from './message-headers.ts';
import { rabbitNames } from './rabbit-names.ts';
import type { RabbitNames } from './rabbit-names.ts';
import { SettleMessage } from './settle-message.ts';

/** What a reader needs from the transport it belongs to. */
export interface RabbitReaderParts {
  readonly url: string;
  readonly namespace: string;
  readonly logger: LoggerService;
  readonly reconnect: ReconnectDelays;
  /** Copies to the retry and dead letter queues leave by the publishing connection. */
  readonly publisher: ConfirmedPublisher;
}

/** One channel's life. A message is settled on the session it came with and on no other. */
interface Session {
  readonly channel: Channel;
  readonly acks: AckWindow;
  readonly inHand: InHand;
  consumerTag: string;
}

const drainDefaultMs = 30_000;

/** Reads one service's queue on a connection of its own. */
export class RabbitReader implements Consumption {
  readonly #link: BrokerLink<Channel>;
  readonly #names: RabbitNames;
  readonly #stopping = new AbortController();
  readonly #settle: SettleMessage;
  /** Of this session, and of earlier ones whose handlers have not ended yet: those take nobody's place. */
  #hands: InHand[] = [];
  #session: Session | null = null;

  constructor(
    private readonly parts: RabbitReaderParts,
    private readonly reader: ReaderOptions,
    deliver: Deliver,
  ) {
    this.#names = rabbitNames(parts.namespace, reader.service);
    const { publisher, logger } = parts;
    const { signal } = this.#stopping;
    this.#settle = new SettleMessage({
      ...{ reader, deliver, logger, names: this.#names, stopping: signal },
      layAway: new LayAway(publisher, this.#names, logger, signal),
    });
    this.#link = new BrokerLink({
      url: parts.url,
      purpose: `${reader.service} reads ${this.#names.queue}`,
      logger: parts.logger,
      reconnect: parts.reconnect,
      prepare: (connection) => this.#prepare(connection),
    });
    this.#link.start();
  }

  get status(): 'up' | 'down' {
    return this.#link.channel === null ? 'down' : 'up';
  }

  waitUntilUp(timeoutMs: number): Promise<void> {
    return this.#link.waitUntilUp(timeoutMs);
  }

  async stop(): Promise<void> {
    if (!this.#stopping.signal.aborted) {
      this.#stopping.abort();
      await this.#cancel();
      await this.#untilEmpty();
      this.#session?.acks.flush();
    }
    await this.#link.close();
  }

  async #prepare(connection: ChannelModel): Promise<Channel> {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const acks = new AckWindow((message, upTo) => acknowledge(channel, message, upTo));
    const inHand = new InHand(this.reader.prefetch);
    const session: Session = { channel, acks, inHand, consumerTag: '' };
    this.#hands = [...this.#hands.filter(({ isEmpty }) => !isEmpty), inHand];
    await channel.prefetch(this.reader.prefetch);
    // Before consuming: the first messages come with the broker's answer, and may be settled at once.
    this.#session = session;
    await this.#consume(session);
    return channel;
  }

  async #consume(session: Session): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await declareReader(session.channel, this.parts.namespace, this.reader);
    const consumer = await session.channel.consume(this.#names.queue, (message) => {
      if (message === null) this.#onCancelled(session);
      else void this.#take(session, message);
    });
    session.consumerTag = consumer.consumerTag;
  }

  /** The broker cancelled the consumer: the queue was deleted, moved, or its consumer was too slow. */
  #onCancelled(session: Session): void {
    if (this.#stopping.signal.aborted) return;
    this.parts.logger.warn(`${this.#names.queue}: cancelled by the broker, consuming again`);
    this.#consume(session).catch((error: unknown) => this.#link.reset(reasonOf(error)));
  }

  async #take(session: Session, raw: ConsumeMessage): Promise<void> {
    const isOurs = (): boolean => this.#session === session;
    let count = 0;
    try {
      const carried = eventsOf(raw, this.reader.mustRead);
      count = Math.max(carried.events.length, 1);
      await session.inHand.take(count);
      if (await this.#settle.all(carried, isOurs)) session.acks.settle(raw);
    } catch (error) {
      this.#link.reset(`a message could not be settled: ${reasonOf(error)}`);
    } finally {
      session.inHand.give(count);
    }
  }

  async #cancel(): Promise<void> {
    const session = this.#session;
    if (session === null || this.status === 'down') return;
    const cancelled = Promise.resolve(session.channel.cancel(session.consumerTag));
    const settled = cancelled.then(
      () => undefined,
      () => undefined,
    );
    await firstOf(settled, drainDefaultMs, new AbortController().signal);
  }

  async #untilEmpty(): Promise<void> {
    const drainMs = this.reader.drainMaxMs ?? drainDefaultMs;
    const empty = Promise.all(this.#hands.map((hand) => hand.empty())).then(() => undefined);
    await firstOf(empty, drainMs, new AbortController().signal);
  }
}

/** A closed channel has given its messages back already: they come again, and readers tolerate that. */
function acknowledge(channel: Channel, message: ConsumeMessage, upTo: boolean): void {
  try {
    channel.ack(message, upTo);
  } catch {
    return;
  }
}
