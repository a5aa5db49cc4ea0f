import { Agent, request } from 'undici';
import type { Attempt, AttemptEnd, History, Intent } from './history.ts';

/** A request to be made. */
export interface Wish {
  readonly intent: Intent;
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Base URLs of the replicas that could answer. */
  readonly at: string;
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly key?: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** Longer than any budget in the system: who waits longer has lost his answer. */
const ANSWER_MAX_MS = 6_000;
/** Sooner than that: then it is known that nobody took the connection, and that nothing was sent. */
const CONNECT_MAX_MS = 5_000;
const terminals = new Agent({ connect: { timeout: CONNECT_MAX_MS } });
/** Nobody was reached: nothing can have happened. */
const NOBODY_THERE = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);

/** Makes requests as a terminal does, and writes down every one with its answer. */
export class Caller {
  readonly #beganAt = performance.now();

  constructor(private readonly history: History) {}

  /** Never throws: a missing answer is an answer to the oracle. */
  async call(wish: Wish): Promise<Attempt> {
    const { intent, operation, method, path, body = null, key = null } = wish;
    const startedAt = performance.now();
    const answer = await ask(wish);
    const now = performance.now();
    const attempt: Attempt = {
      ...{ intent, operation, key, method, path, body },
      at: Math.round(startedAt - this.#beganAt),
      tookMs: Math.round((now - startedAt) * 10) / 10,
      ...answer,
    };
    this.history.note(attempt);
    return attempt;
  }
}

type Answer = Pick<Attempt, 'end' | 'status' | 'code' | 'retryAfter' | 'isReplay' | 'answer'>;

async function ask({ method, at, path, body, key }: Wish): Promise<Answer> {
  try {
    // Not `fetch`: what its layers cost is taken, on one machine, from those that are asked.
    const response = await request(`${at}${path}`, {
      method,
      dispatcher: terminals,
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined || key === null ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.body.json()) as Json;
    const code = typeof answer['code'] === 'string' ? answer['code'] : null;
    const { statusCode: status, headers } = response;
    const isReplay = headers['idempotent-replayed'] === 'true';
    const retryAfter = headers['retry-after']?.toString() ?? null;
    const end = endOf(status, answer);
    // A flood of refusals must not fill the memory: what says that nothing was made is not kept.
    const kept = status === 503 && end !== 'failed' ? null : answer;
    return { end, status, code, retryAfter, isReplay, answer: kept };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = codeOf(cause) ?? codeOf(error) ?? String(error);
    const end = NOBODY_THERE.has(code) ? 'unsent' : 'unknown';
    return { end, status: null, code, retryAfter: null, isReplay: false, answer: null };
  }
}

function endOf(status: number, answer: Json): AttemptEnd {
  if (status < 300) return 'ok';
  if (status < 500) return 'refused';
  // What is called POINT_UNAVAILABLE names a deal that has failed for good; other 5xx promise nothing.
  return status === 503 && typeof answer['dealId'] === 'number' ? 'failed' : 'unknown';
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error ? String(error.name) : null;
}
