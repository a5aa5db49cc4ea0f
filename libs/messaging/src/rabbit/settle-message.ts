import type { LoggerService } from '@nestjs/common';
import type { Deliver, IncomingMessage, ReaderOptions } from '../transport/event-transport.ts';
import { judgeDelivery } from '../transport/judge-delivery.ts';
import type { Verdict } from '../transport/judge-delivery.ts';
import type { LayAway } from './lay-away.ts';
import type { RabbitNames } from './rabbit-names.ts';

/** What settling needs. */
export interface SettleMessageParts {
  readonly reader: ReaderOptions;
  readonly deliver: Deliver;
  readonly layAway: LayAway;
  readonly names: RabbitNames;
  readonly logger: LoggerService;
  readonly stopping: AbortSignal;
}

/** Does with the events of one message what their handlers' verdicts say. */
export class SettleMessage {
  constructor(private readonly parts: SettleMessageParts) {}

  /**
   * True when every event is handled, or safely laid away, so that the message may be acknowledged. One that fails is
   * laid away alone: it takes none of its bundle with it (P15). A bundle that comes again was perhaps in hand when
   * the process died: each of its events gets a message and a count of its own, so that only the deadly one is ever
   * given up by the broker.
   *
   * @param isOurs whether the channel that the message came on still is the one in use
   */
  async all(events: readonly IncomingMessage[], isOurs: () => boolean): Promise<boolean> {
    const [first] = events;
    if (events.length > 1 && first?.redelivered) return this.parts.layAway.single(events, isOurs);
    const settled = await Promise.all(events.map((event) => this.#one(event, isOurs)));
    return settled.every(Boolean);
  }

  async #one(message: IncomingMessage, isOurs: () => boolean): Promise<boolean> {
    const { reader, deliver, layAway, stopping } = this.parts;
    const verdict = await judgeDelivery(message, reader, deliver, stopping);
    if (verdict.kind !== 'done' && !(await layAway.move(message, verdict, isOurs))) return false;
    this.#observe(verdict, message.key);
    return true;
  }

  #observe(verdict: Verdict, key: string): void {
    const { names, logger, reader } = this.parts;
    const { observer, service } = reader;
    switch (verdict.kind) {
      case 'done':
        return observer?.consumed(service, key);
      case 'retry':
        return observer?.retried(service, key);
      case 'dead':
        logger.error(`${names.dead}: ${key}: ${verdict.note.reason}`);
        return observer?.dead(service, key);
      case 'later':
      case 'left':
        return;
      default:
        return verdict satisfies never;
    }
  }
}
