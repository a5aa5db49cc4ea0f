import type { LoggerService } from '@nestjs/common';
import type { Deliver, IncomingMessage, ReaderOptions } from '../transport/event-transport.ts';
import { judgeDelivery } from '../transport/judge-delivery.ts';
import type { Verdict } from '../transport/judge-delivery.ts';
import type { Carried } from './bundle.ts';
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
  async all({ key, events, unread }: Carried, isOurs: () => boolean): Promise<boolean> {
    const [first] = events;
    if (events.length > 1 && first?.redelivered) return this.parts.layAway.single(events, isOurs);
    const verdicts = await Promise.all(events.map((event) => this.#one(event, isOurs)));
    const done = unread + verdicts.filter((kind) => kind === 'done').length;
    const { observer, service } = this.parts.reader;
    if (done > 0) observer?.consumed(service, key, done);
    return !verdicts.includes('left');
  }

  /** What became of an event in the end; `left` also for one that could not be laid away. */
  async #one(message: IncomingMessage, isOurs: () => boolean): Promise<Verdict['kind']> {
    const { reader, deliver, layAway, stopping } = this.parts;
    const verdict = await judgeDelivery(message, reader, deliver, stopping);
    if (verdict.kind === 'done') return 'done';
    if (!(await layAway.move(message, verdict, isOurs))) return 'left';
    this.#tellFailure(verdict, message.key);
    return verdict.kind;
  }

  #tellFailure(verdict: Exclude<Verdict, { kind: 'done' }>, key: string): void {
    const { names, logger, reader } = this.parts;
    const { observer, service } = reader;
    switch (verdict.kind) {
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
