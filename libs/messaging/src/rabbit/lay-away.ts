import type { LoggerService } from '@nestjs/common';
import type { IncomingMessage } from '../transport/event-transport.ts';
import { reasonOf } from '../transport/judge-delivery.ts';
import type { Verdict } from '../transport/judge-delivery.ts';
import { pause } from '../transport/wait.ts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';
import { headersAfterFailure, headersUnchanged } from './message-headers.ts';
import type { RabbitNames } from './rabbit-names.ts';

const copyAgainMs = 500;

/**
 * Copies a message that could not be handled to a retry queue or to the dead letters. The copy is confirmed
 * before the original may be acknowledged: a crash in between doubles the message and never loses it.
 */
export class LayAway {
  constructor(
    private readonly publisher: ConfirmedPublisher,
    private readonly names: RabbitNames,
    private readonly logger: LoggerService,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Does what the verdict says; true when the original may be acknowledged.
   *
   * @param isOurs whether the channel that the message came on still is the one in use
   */
  async move(message: IncomingMessage, verdict: Verdict, isOurs: () => boolean): Promise<boolean> {
    switch (verdict.kind) {
      case 'done':
        return true;
      case 'left':
        return false;
      case 'later': {
        const queue = this.names.retry(verdict.delayMs);
        return this.#copyTo(queue, message, headersUnchanged(message), isOurs);
      }
      case 'retry': {
        const queue = this.names.retry(verdict.delayMs);
        return this.#copyTo(queue, message, headersAfterFailure(message, verdict.note), isOurs);
      }
      case 'dead': {
        const headers = headersAfterFailure(message, verdict.note);
        return this.#copyTo(this.names.dead, message, headers, isOurs);
      }
      default:
        return verdict satisfies never;
    }
  }

  /** Sends each to the end of the service's own queue, alone and uncounted; true when all have arrived. */
  async single(messages: readonly IncomingMessage[], isOurs: () => boolean): Promise<boolean> {
    const copied = await Promise.all(
      messages.map((message) =>
        this.#copyTo(this.names.queue, message, headersUnchanged(message), isOurs),
      ),
    );
    return copied.every(Boolean);
  }

  /** Tries until the copy is confirmed, or until the original is no longer ours to settle. */
  async #copyTo(
    queue: string,
    message: IncomingMessage,
    headers: Record<string, string | number>,
    isOurs: () => boolean,
  ): Promise<boolean> {
    const { id: messageId, key } = message;
    const body = Buffer.from(message.body);
    while (isOurs()) {
      const outcome = await this.publisher
        .publish({ exchange: '', routingKey: queue, body, messageId, key, headers })
        .catch(reasonOf);
      if (outcome === 'taken') return true;
      this.logger.warn(`${queue}: copy not taken (${outcome}), trying again`);
      if (this.stopping.aborted) return false;
      await pause(copyAgainMs, this.stopping);
    }
    return false;
  }
}
