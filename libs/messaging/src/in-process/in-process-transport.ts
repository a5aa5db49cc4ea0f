import { Logger } from '@nestjs/common';
import type { LoggerService } from '@nestjs/common';
import type { ServiceName } from '@onepoint/contracts';
import { Broker } from 'smqp';
import type {
  Consumption,
  Deliver,
  EventTransport,
  OutgoingMessage,
  PublishOutcome,
  ReaderOptions,
} from '../transport/event-transport.ts';
import { BrokerAway, ReaderExists } from '../transport/transport.errors.ts';
import { firstOf } from '../transport/wait.ts';
import { DeadLetterFile } from './dead-letter-file.ts';
import { InProcessReader } from './in-process-reader.ts';
import { Receipt } from './receipt.ts';
import type { Parcel } from './in-process-reader.ts';

/** How events travel within one process. */
export interface InProcessOptions {
  /**
   * Who must be listening before anything is published: an event published before one of them is bound
   * would never reach it (P4). The transport is down until all of them read.
   */
  readonly expectedReaders: readonly ServiceName[];
  /** Where set-aside messages are appended, one JSON object in each line. */
  readonly deadLetterFile: string;
  readonly logger?: LoggerService;
}

const exchange = 'onepoint.events';

/**
 * Events within one process. Nothing here survives the process: the outbox row does, because it counts as
 * sent only when every reader has handled its events or set them aside, and is delivered again otherwise.
 */
export class InProcessTransport implements EventTransport {
  readonly #broker = new Broker();
  readonly #readers = new Map<ServiceName, ReaderOptions>();
  readonly #consumptions = new Map<ServiceName, InProcessReader>();
  readonly #waiting = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #logger: LoggerService;
  readonly #deadLetters: DeadLetterFile;

  constructor(private readonly options: InProcessOptions) {
    this.#logger = options.logger ?? new Logger(InProcessTransport.name);
    this.#deadLetters = new DeadLetterFile(options.deadLetterFile);
    this.#broker.assertExchange(exchange, 'topic', { autoDelete: false, durable: true });
  }

  get status(): 'up' | 'down' {
    if (this.#closing.signal.aborted) return 'down';
    return this.options.expectedReaders.every((name) => this.#readers.has(name)) ? 'up' : 'down';
  }

  async waitUntilUp(timeoutMs: number): Promise<void> {
    if (this.status === 'up') return;
    const up = Promise.withResolvers<void>();
    this.#waiting.add(up.resolve);
    const how = await firstOf(up.promise, timeoutMs, this.#closing.signal);
    this.#waiting.delete(up.resolve);
    if (how !== 'done') throw new BrokerAway('not every reader is there');
  }

  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[] {
    const { status } = this;
    return messages.map((message) => {
      if (status === 'down') return Promise.reject(new BrokerAway('not every reader is there'));
      const readers = this.#countReaders(message);
      if (readers === 0) return Promise.resolve('unroutable');
      const receipt = new Receipt(message, readers);
      const parcel: Parcel = { receipt, tries: 0, firstFailedAt: null };
      this.#broker.publish(exchange, message.key, parcel);
      return receipt.answer;
    });
  }

  /** @throws ReaderExists when this service reads here already */
  async consume(reader: ReaderOptions, deliver: Deliver): Promise<Consumption> {
    const { service } = reader;
    if (this.#closing.signal.aborted) throw new BrokerAway('closed');
    if (this.#readers.has(service)) throw new ReaderExists(service);
    const onStopped = (): void => {
      this.#readers.delete(service);
      this.#consumptions.delete(service);
    };
    const parts = { broker: this.#broker, exchange, onStopped };
    const shared = { deadLetters: this.#deadLetters, logger: this.#logger };
    const consumption = new InProcessReader({ ...parts, ...shared }, reader, deliver);
    this.#readers.set(service, reader);
    this.#consumptions.set(service, consumption);
    if (this.status === 'up') for (const resolve of this.#waiting) resolve();
    return consumption;
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.all([...this.#consumptions.values()].map((reader) => reader.stop()));
    this.#broker.close();
  }

  #countReaders({ key }: OutgoingMessage): number {
    let count = 0;
    for (const { keys } of this.#readers.values()) if (keys.includes(key)) count += 1;
    return count;
  }
}
