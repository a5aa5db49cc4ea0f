import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { AnswerUnreadable, readAnswer } from './read-answer.ts';
import type { Answer } from './read-answer.ts';

/** Hears the answer; null when the connection broke first, or brought what is no answer. */
export type Heard = (answer: Answer | null) => void;

/** A connection that stays open for one request after the other, and is made anew when it breaks. */
export interface KeepAliveLine {
  /** Sends a whole request, latin1. Not before the one before it has been answered. */
  send(request: string, heard: Heard): void;
  /** Ends the connection. */
  hangUp(): void;
}

/** An answer that is not there by then never comes. */
const ANSWERED_WITHIN_MS = 60_000;
/** A service that is gone is not asked again at once: it would be counted as thousands of errors a second. */
const BROKEN_PAUSE_MS = 100;
const READ_BYTES = 16_384;

/**
 * HTTP/1.1 by hand over `node:net`, without a stream, a promise or an object for each part of an answer: what the
 * driver costs is taken from the cores of those whom it measures, and this costs a quarter of what undici does.
 */
export function lineTo({ hostname, port }: URL): KeepAliveLine {
  let socket: Socket | null = null;
  let waiting: Heard | null = null;
  let got = '';

  const lost = (): void => {
    socket = null;
    got = '';
    const heard = waiting;
    waiting = null;
    if (heard !== null) setTimeout(heard, BROKEN_PAUSE_MS, null);
  };
  const hangUp = (): void => {
    socket?.destroy();
    socket = null;
  };
  const take = (answer: Answer): void => {
    got = '';
    const heard = waiting;
    waiting = null;
    // Nobody had asked.
    if (answer.isLast || heard === null) hangUp();
    heard?.(answer);
  };
  const dial = (): Socket => {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    const callback = (count: number): boolean => {
      if (dialled !== socket) return false;
      got += buffer.toString('latin1', 0, count);
      const answer = answerIn(got);
      if (answer === 'unreadable') dialled.destroy();
      else if (answer !== null) take(answer);
      return true;
    };
    const dialled = connect({
      ...{ host: hostname, port: Number(port), noDelay: true, onread: { buffer, callback } },
    });
    dialled.setTimeout(ANSWERED_WITHIN_MS, () => dialled.destroy());
    // 'close' follows, and says all that needs to be known.
    dialled.on('error', () => undefined);
    dialled.on('close', () => {
      if (dialled === socket) lost();
    });
    return dialled;
  };
  return {
    send: (request, heard) => {
      waiting = heard;
      socket ??= dial();
      socket.write(request, 'latin1');
    },
    hangUp,
  };
}

function answerIn(got: string): Answer | 'unreadable' | null {
  try {
    return readAnswer(got);
  } catch (error) {
    if (!(error instanceof AnswerUnreadable)) throw error;
    return 'unreadable';
  }
}
