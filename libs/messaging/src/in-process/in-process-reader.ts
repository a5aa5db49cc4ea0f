import type { LoggerService } from '@nestjs/common';
import type { Broker, ConsumeMessage } from 'smqp';
import type {
  Consumption,
  Deliver,
  IncomingMessage,
  ReaderOptions,
} from '../transport/event-transport.ts';
import { judgeDelivery, reasonOf } from '../transport/judge-delivery.ts';
import type { FailureNote, Verdict } from '../transport/judge-delivery.ts';
import { BrokerAway } from '../transport/transport.errors.ts';
import { firstOf } from '../transport/wait.ts';
import type { DeadLetterFile } from './dead-letter-file.ts';
import type { Receipt } from './receipt.ts';

/** One event in one reader's queue, with its history there. */
export interface Parcel {
  readonly receipt: Receipt;
  readonly tries: number;
  readonly firstFailedAt: string | null;
}

/** What a reader needs from the transport it belongs to. */
export interface InProcessReaderParts {
  readonly broker: Broker;
  readonly exchange: string;
  readonly deadLetters: DeadLetterFile;
  readonly logger: LoggerService;
  /** Called when the reader has stopped. */
  readonly onStopped: () => void;
}

const drainDefaultMs = 30_000;
const drained = new AbortController().signal;

/** Reads one service's in-memory queue. What it has not settled when it stops is abandoned to the outbox. */
export class InProcessReader implements Consumption {
  readonly #stopping = new AbortController();
  readonly #waiting = new Map<Parcel, NodeJS.Timeout>();
  #inHand = 0;
  #emptied: (() => void) | null = null;

  constructor(
    private readonly parts: InProcessReaderParts,
    private readonly reader: ReaderOptions,
    private readonly deliver: Deliver,
  ) {
    const { broker, exchange } = parts;
    const { service, keys, prefetch } = reader;
    broker.assertQueue(service, { autoDelete: false, durable: true });
    for (const key of keys) broker.bindQueue(service, exchange, key);
    const onMessage = (_key: string, message: ConsumeMessage): void => void this.#take(message);
    broker.consume(service, onMessage, { consumerTag: service, prefetch });
  }

  get status(): 'up' | 'down' {
    return this.#stopping.signal.aborted ? 'down' : 'up';
  }

  async waitUntilUp(): Promise<void> {
    if (this.status === 'down') throw new BrokerAway('closed');
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    const { broker } = this.parts;
    const { service } = this.reader;
    broker.cancel(service, { keepPending: true });
    if (this.#inHand > 0) {
      const empty = new Promise<void>((resolve) => (this.#emptied = resolve));
      await firstOf(empty, this.reader.drainMaxMs ?? drainDefaultMs, drained);
    }
    for (const [parcel, timer] of this.#waiting) {
      clearTimeout(timer);
      parcel.receipt.abandon();
    }
    this.#waiting.clear();
    const queue = broker.getQueue(service);
    for (const message of queue?.messages ?? []) parcelOf(message).receipt.abandon();
    broker.deleteQueue(service);
    this.parts.onStopped();
  }

  async #take(raw: ConsumeMessage): Promise<void> {
    this.#inHand += 1;
    const parcel = parcelOf(raw);
    try {
      const message = incomingOf(parcel, raw);
      const verdict = await this.#judge(message);
      await this.#carryOut(verdict, parcel, message);
    } catch (error) {
      this.parts.logger.error(`${this.reader.service}: not settled: ${reasonOf(error)}`);
      parcel.receipt.abandon();
    } finally {
      raw.ack();
      this.#inHand -= 1;
      if (this.#inHand === 0) this.#emptied?.();
    }
  }

  #judge(message: IncomingMessage): Promise<Verdict> {
    const { mustRead } = this.reader;
    if (mustRead?.(message.key, message.body) === false) return Promise.resolve({ kind: 'done' });
    return judgeDelivery(message, this.reader, this.deliver, this.#stopping.signal);
  }

  async #carryOut(verdict: Verdict, parcel: Parcel, message: IncomingMessage): Promise<void> {
    const { service, observer } = this.reader;
    switch (verdict.kind) {
      case 'done':
        parcel.receipt.settle();
        return observer?.consumed(service, message.key, 1);
      case 'retry': {
        const { tries, firstFailedAt } = verdict.note;
        this.#putBackAfter(verdict.delayMs, { receipt: parcel.receipt, tries, firstFailedAt });
        return observer?.retried(service, message.key);
      }
      case 'later':
        return this.#putBackAfter(verdict.delayMs, parcel);
      case 'dead':
        return this.#setAside(parcel, message, verdict.note);
      case 'left':
        return parcel.receipt.abandon();
      default:
        return verdict satisfies never;
    }
  }

  /** Gives its place in hand away while it waits, so that it holds up nothing behind it (P15). */
  #putBackAfter(delayMs: number, parcel: Parcel): void {
    if (this.#stopping.signal.aborted) return parcel.receipt.abandon();
    const putBack = (): void => {
      this.#waiting.delete(parcel);
      this.parts.broker.sendToQueue(this.reader.service, parcel);
    };
    this.#waiting.set(parcel, setTimeout(putBack, delayMs));
  }

  async #setAside(parcel: Parcel, message: IncomingMessage, note: FailureNote): Promise<void> {
    const { service, observer } = this.reader;
    await this.parts.deadLetters.append(service, message, note);
    parcel.receipt.settle();
    this.parts.logger.error(`${service}: set aside ${message.key}: ${note.reason}`);
    observer?.dead(service, message.key);
  }
}

/** What was published is the receipt alone; what was put back is a parcel with its history. */
function parcelOf(message: { readonly content: Parcel }): Parcel {
  return message.content;
}

function incomingOf(parcel: Parcel, raw: ConsumeMessage): IncomingMessage {
  const { id, key, body, traceparent } = parcel.receipt.message;
  const { tries, firstFailedAt } = parcel;
  const redelivered = raw.fields.redelivered === true;
  return { id, key, body, traceparent, tries, firstFailedAt, redelivered };
}
