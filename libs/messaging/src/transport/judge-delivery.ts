import { ContractBreach } from '@onepoint/contracts';
import type { Deliver, IncomingMessage, ReaderOptions } from './event-transport.ts';
import { SetAside } from './transport.errors.ts';
import { firstOf } from './wait.ts';

/** What is kept with a message that failed. No stack: it may be shown to an operator. */
export interface FailureNote {
  /** `CODE: message`, at most {@link reasonCharsMax} characters. */
  readonly reason: string;
  /** How often it has failed, this time included. */
  readonly tries: number;
  /** UTC ISO 8601. */
  readonly firstFailedAt: string;
}

/** What must be done with a message now. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly delayMs: number; readonly note: FailureNote }
  | { readonly kind: 'dead'; readonly note: FailureNote }
  /** The database stayed away for long: lay it back for a while, no try counted. */
  | { readonly kind: 'later'; readonly delayMs: number }
  /** The reader stops: leave it with the broker. */
  | { readonly kind: 'left' };

export const reasonCharsMax = 300;
const holdDefaultMs = 600_000;

const done: Verdict = { kind: 'done' };
const left: Verdict = { kind: 'left' };

/**
 * Hands one message to its handler and says what is to be done with it: a poison message is tried again
 * with growing delay a bounded number of times and then set aside (P15); a database that is away is waited
 * for, because that is not the message's fault.
 */
export async function judgeDelivery(
  message: IncomingMessage,
  reader: ReaderOptions,
  deliver: Deliver,
  stopping: AbortSignal,
): Promise<Verdict> {
  const holdMs = reader.holdMaxMs ?? holdDefaultMs;
  let holdUntil = Date.now() + holdMs;
  for (;;) {
    try {
      await deliver(message);
      return done;
    } catch (error) {
      if (!reader.isAway(error)) return judgeFailure(message, reader, error);
    }
    const next = await firstOf(reader.waitUntilBack(), holdUntil - Date.now(), stopping);
    if (next === 'stopped') return left;
    if (next === 'done') continue;
    const delayMs = reader.retryDelaysMs.at(-1);
    if (delayMs !== undefined) return { kind: 'later', delayMs };
    holdUntil = Date.now() + holdMs;
  }
}

function judgeFailure(message: IncomingMessage, reader: ReaderOptions, error: unknown): Verdict {
  const note: FailureNote = {
    reason: reasonOf(error),
    tries: message.tries + 1,
    firstFailedAt: message.firstFailedAt ?? new Date().toISOString(),
  };
  const delayMs = reader.retryDelaysMs[message.tries];
  if (delayMs === undefined || isHopeless(error)) return { kind: 'dead', note };
  return { kind: 'retry', delayMs, note };
}

function isHopeless(error: unknown): boolean {
  return error instanceof ContractBreach || error instanceof SetAside;
}

/** The error in one line without its stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, reasonCharsMax);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return `${code}: ${error.message}`.replaceAll(/\s+/g, ' ').slice(0, reasonCharsMax);
}
