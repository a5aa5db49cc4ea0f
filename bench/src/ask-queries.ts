import { Pool } from 'undici';
import { percentile } from './figures/percentile.ts';

/** A route that is asked, each time for something else. */
export interface AskedRoute {
  readonly name: string;
  /** Path and query of the next request. */
  readonly path: () => string;
}

/** How one route answered. */
export interface RouteSeen {
  readonly name: string;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A query was answered otherwise than with 200. */
export class QueryRefused extends Error {
  override readonly name = 'QueryRefused';
}

/** How to ask. */
export interface QueriesToAsk {
  readonly url: string;
  readonly credential: string;
  readonly routes: readonly AskedRoute[];
  /** Of each route. */
  readonly requests: number;
  /** At the same time. */
  readonly clients: number;
}

/**
 * Asks all routes in turn, so that each of them meets the same moment, and answers how each did and, under
 * the name `all`, how all of them did together.
 *
 * @throws QueryRefused
 */
export async function askQueries(asked: QueriesToAsk): Promise<RouteSeen[]> {
  const { url, credential, routes, requests, clients } = asked;
  const pool = new Pool(url, { connections: clients, pipelining: 1 });
  const headers = { authorization: `Bearer ${credential}` };
  const took = routes.map((): number[] => []);
  let next = 0;
  const askAll = async (): Promise<void> => {
    while (next < requests * routes.length) {
      const at = next % routes.length;
      next += 1;
      const path = routes[at]!.path();
      const startedAt = performance.now();
      const answer = await pool.request({ method: 'GET', path, headers });
      const text = await answer.body.text();
      took[at]!.push(performance.now() - startedAt);
      if (answer.statusCode !== 200)
        throw new QueryRefused(`${path}: ${answer.statusCode} ${text}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, askAll));
  } finally {
    await pool.close();
  }
  const each = routes.map(({ name }, at) => seenOf(name, took[at]!));
  return [...each, seenOf('all', took.flat())];
}

function seenOf(name: string, took: readonly number[]): RouteSeen {
  const ascending = took.toSorted((a, b) => a - b);
  return {
    ...{ name, requests: ascending.length },
    p50Ms: percentile(ascending, 0.5),
    p99Ms: percentile(ascending, 0.99),
  };
}
