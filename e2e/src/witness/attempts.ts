import { randomUUID } from 'node:crypto';
import type { Answer, Doors, Json } from '../running/doors.ts';
import { until } from '../running/until.ts';

/** What a caller asked for once. */
export type Wish =
  | { readonly kind: 'join'; readonly phone: string }
  | {
      readonly kind: 'save' | 'use';
      readonly memberId: number;
      readonly merchantId: number;
      /** Different in every attempt: by it a deal is known again. */
      readonly dealAmount: number;
      readonly point: number;
    }
  | { readonly kind: 'cancel'; readonly dealId: number }
  | { readonly kind: 'leave'; readonly memberId: number };

/** A wish, and what the caller knows of its fate. */
export interface Attempt {
  readonly wish: Wish;
  readonly key: string;
  /** null: no answer came, so nobody knows. */
  answer: Answer | null;
}

/** What a system holds that was not empty when the callers came. */
export interface Found {
  readonly dealIds: ReadonlySet<number>;
  readonly memberIds: readonly number[];
}

/** All that callers asked and heard: what the system is held to. */
export class Attempts {
  readonly all: Attempt[] = [];
  /** How many calls got no answer at first. */
  cutOff = 0;

  /** @param foundThere what the system held before the first attempt */
  constructor(readonly foundThere: Found = { dealIds: new Set(), memberIds: [] }) {}

  /** Everybody who must be known: those found there, and those who joined since. */
  get memberIds(): number[] {
    const joined = this.granted('join').map(({ answer }) => Number(answer?.body['id']));
    return [...this.foundThere.memberIds, ...joined];
  }

  /** Asks once. Whatever comes, or that nothing came, is kept. */
  async make(doors: Doors, wish: Wish): Promise<Attempt> {
    const attempt: Attempt = { wish, key: randomUUID(), answer: null };
    this.all.push(attempt);
    if ((await ask(doors, attempt)) === null) this.cutOff += 1;
    return attempt;
  }

  /** As a good client does: what was not answered is asked again under the same key, until it is. */
  async askAgain(doors: Doors): Promise<void> {
    for (const attempt of this.all.filter(({ answer }) => answer === null)) {
      await until(
        () => ask(doors, attempt),
        (answer) => answer !== null && !isNotNow(answer),
      );
    }
  }

  /** Answered with success, of these kinds. */
  granted(...kinds: Wish['kind'][]): Attempt[] {
    return this.all.filter(({ wish, answer }) => kinds.includes(wish.kind) && isGranted(answer));
  }
}

export function isGranted(answer: Answer | null): answer is Answer {
  return answer?.status === 201 || answer?.status === 200;
}

/** The first one is still running, or something is still coming up: ask again. */
function isNotNow({ status, body }: Answer): boolean {
  return status === 503 || body['code'] === 'REQUEST_IN_PROGRESS';
}

async function ask(doors: Doors, attempt: Attempt): Promise<Answer | null> {
  const { service, method, path, json } = requestOf(attempt.wish);
  const headers = { 'idempotency-key': attempt.key };
  try {
    const message = json === undefined ? { headers } : { headers, json };
    attempt.answer = await doors.ask(service, method, path, message);
  } catch {
    attempt.answer = null;
  }
  return attempt.answer;
}

interface Request {
  readonly service: 'member' | 'deal';
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: Json;
}

function requestOf(wish: Wish): Request {
  switch (wish.kind) {
    case 'join': {
      const json = { name: '나그네', phone: wish.phone };
      return { service: 'member', method: 'POST', path: '/members', json };
    }
    case 'leave':
      return { service: 'member', method: 'DELETE', path: `/members/${wish.memberId}` };
    case 'cancel':
      return { service: 'deal', method: 'POST', path: `/deals/${wish.dealId}/cancel`, json: {} };
    case 'save': {
      const { kind: type, memberId, merchantId, dealAmount } = wish;
      const json = { type, memberId, merchantId, dealAmount };
      return { service: 'deal', method: 'POST', path: '/deals', json };
    }
    case 'use': {
      const { kind: type, ...rest } = wish;
      return { service: 'deal', method: 'POST', path: '/deals', json: { type, ...rest } };
    }
    default:
      return wish satisfies never;
  }
}
