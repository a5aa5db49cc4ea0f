import { contextHeaders } from '@onepoint/platform';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Deal } from '../domain/deal.ts';
import type { Origin } from '../domain/deal-request.ts';
import { PointUnavailable } from '../domain/point-gateway.ts';
import type { PointAnswer } from '../domain/point-gateway.ts';
import { postJson } from './post-json.ts';

/** Where Point is, and how long it may take. */
export interface PointClientOptions {
  readonly url: string;
  /** Shown to Point; null where the doors are open. */
  readonly serviceToken: string | null;
  /** Connections to Point at most, each with one request at a time. */
  readonly connectionsMax: number;
  /** Milliseconds for one request, connecting included. */
  readonly timeoutMs: number;
}

/** The server keeps idle connections for 65 s: ours go first, so that none is cut under a request. */
const KEEP_ALIVE_MS = 30_000;

const answersSchema = z.object({
  answers: z.array(
    z.object({
      dealId: z.number(),
      outcome: z.enum(['applied', 'refused', 'void', 'waiting', 'undecided']),
      reason: z.string().nullable().optional(),
    }),
  ),
});

/** Speaks with Point over HTTP: many changes in one request. */
export class PointClient {
  private readonly pool: Pool;

  constructor(private readonly options: PointClientOptions) {
    this.pool = new Pool(options.url, {
      connections: options.connectionsMax,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: { timeout: options.timeoutMs },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
    });
  }

  /**
   * Asks Point to apply the deals' changes; one answer for each, null where it could not decide.
   *
   * @throws PointUnavailable `not-sent` when no connection was to be had, else `unknown`
   */
  async apply(deals: readonly CalledDeal[]): Promise<(PointAnswer | null)[]> {
    const { timeoutMs, serviceToken } = this.options;
    try {
      const headers = {
        'content-type': 'application/json',
        ...contextHeaders(),
        ...(serviceToken === null ? {} : { authorization: `Bearer ${serviceToken}` }),
      };
      const changes = JSON.stringify({ budgetMs: timeoutMs, changes: deals.map(changeOf) });
      const { status, text } = await postJson(this.pool, '/pointChanges', headers, changes);
      if (status !== 200) {
        throw new PointUnavailable('unknown', { cause: new PointRefused(status) });
      }
      return inOrder(deals, answersSchema.parse(JSON.parse(text)).answers);
    } catch (error) {
      if (error instanceof PointUnavailable) throw error;
      throw new PointUnavailable(neverLeft(error) ? 'not-sent' : 'unknown', { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}

/** A deal whose change Point is asked for, and the call that it is asked for in. */
export type CalledDeal = Deal & { readonly origin?: Origin | undefined };

/** Point answered, but not with decisions. */
export class PointRefused extends Error {
  override readonly name = 'PointRefused';

  constructor(readonly httpStatus: number) {
    super(`Point answered ${httpStatus}`);
  }
}

function changeOf(deal: CalledDeal): Record<string, unknown> {
  const { id, memberId, type, point, originalDealId, origin } = deal;
  return {
    ...{ dealId: id, memberId, kind: type, point },
    ...(originalDealId === null ? {} : { originalDealId }),
    ...(origin === undefined ? {} : { origin: originOf(origin) }),
  };
}

function originOf({ correlationId, traceparent }: Origin): Origin {
  return { correlationId, traceparent };
}

function inOrder(
  deals: readonly Deal[],
  answers: z.infer<typeof answersSchema>['answers'],
): (PointAnswer | null)[] {
  const byDeal = new Map(answers.map((answer) => [answer.dealId, answer]));
  return deals.map(({ id }) => {
    const answer = byDeal.get(id);
    if (answer === undefined || answer.outcome === 'undecided') return null;
    return { outcome: answer.outcome, reason: answer.reason ?? null };
  });
}

/** What a socket was doing when it failed, if it had not been connected yet. */
const CONNECTING = new Set<unknown>(['connect', 'getaddrinfo']);

/**
 * Whether an error proves that not one byte was sent. Its code alone does not: a connection that was
 * made long ago can end with EHOSTUNREACH too, with the request on its way (P3).
 */
export function neverLeft(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // Several addresses were tried: none of them may have been connected.
  if ('errors' in error && Array.isArray(error.errors)) {
    return error.errors.length > 0 && error.errors.every(neverLeft);
  }
  if ('code' in error && error.code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  return 'syscall' in error && CONNECTING.has(error.syscall);
}
