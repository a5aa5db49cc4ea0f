import { createHash } from 'node:crypto';
import type { Channel, GetMessage } from 'amqplib';
import { failureOf, freshHeaders, readMessage } from '../rabbit/message-headers.ts';
import type { ConfirmedPublisher } from '../rabbit/confirmed-publisher.ts';
import type { RabbitNames } from '../rabbit/rabbit-names.ts';

/** A message that was set aside, as an operator sees it. */
export interface DeadLetter {
  /** The event's id; made from its body when it has none. */
  readonly id: string;
  readonly key: string;
  readonly reason: string | null;
  readonly tries: number;
  /** UTC ISO 8601; null when nobody noted it. */
  readonly firstFailedAt: string | null;
  readonly body: string;
}

/** A message could not be sent back: it stays where it is. */
export class NotSentBack extends Error {
  readonly code = 'NOT_SENT_BACK';

  constructor(id: string, why: string) {
    super(`${id} was not sent back (${why}) and stays set aside`);
    this.name = 'NotSentBack';
  }
}

interface Held {
  readonly letter: DeadLetter;
  readonly raw: GetMessage;
}

/**
 * The dead letters of one service, in hand for as long as somebody looks: none is acknowledged before it has
 * been sent back or is dropped on purpose, so that whatever breaks in between puts all of them back.
 */
export class DeadLetters {
  private constructor(
    private readonly channel: Channel,
    private readonly names: RabbitNames,
    private readonly publisher: Pick<ConfirmedPublisher, 'publish'>,
    private readonly held: readonly Held[],
  ) {}

  /** Takes the oldest in hand, `max` at most. */
  static async take(
    channel: Channel,
    names: RabbitNames,
    publisher: Pick<ConfirmedPublisher, 'publish'>,
    max: number,
  ): Promise<DeadLetters> {
    const held: Held[] = [];
    while (held.length < max) {
      const raw = await channel.get(names.dead, { noAck: false });
      if (raw === false) break;
      held.push({ raw, letter: letterOf(raw) });
    }
    return new DeadLetters(channel, names, publisher, held);
  }

  get letters(): readonly DeadLetter[] {
    return this.held.map(({ letter }) => letter);
  }

  /**
   * Sends the chosen ones back to the service's own queue, where they are tried as often as new ones; nobody
   * else gets them. Answers those that went.
   *
   * @throws NotSentBack for the first that the broker did not take
   */
  async retry(isChosen: (letter: DeadLetter) => boolean): Promise<DeadLetter[]> {
    const sent: DeadLetter[] = [];
    for (const { raw, letter } of this.held.filter((each) => isChosen(each.letter))) {
      await this.sendBack(raw, letter);
      this.channel.ack(raw);
      sent.push(letter);
    }
    return sent;
  }

  /** Lets the chosen ones go for good; answers them. */
  drop(isChosen: (letter: DeadLetter) => boolean): DeadLetter[] {
    const dropped = this.held.filter(({ letter }) => isChosen(letter));
    for (const { raw } of dropped) this.channel.ack(raw);
    return dropped.map(({ letter }) => letter);
  }

  /** Puts back what was neither sent nor dropped. */
  async release(): Promise<void> {
    await this.channel.close();
  }

  private async sendBack(raw: GetMessage, letter: DeadLetter): Promise<void> {
    const { id: messageId, key, traceparent } = readMessage(raw);
    const outcome = await this.publisher
      .publish({
        ...{ exchange: '', routingKey: this.names.queue, messageId, key },
        ...{ body: raw.content, headers: freshHeaders(traceparent) },
      })
      .catch((error: unknown) => String(error));
    if (outcome !== 'taken') throw new NotSentBack(letter.id, outcome);
  }
}

function letterOf(raw: GetMessage): DeadLetter {
  const { id, key, tries, firstFailedAt, body } = readMessage(raw);
  return {
    ...{ id: id === '' ? idOfBody(raw.content) : id, key, tries, firstFailedAt, body },
    reason: failureOf(raw),
  };
}

function idOfBody(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
}
