import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Deal counts for one merchant and month. */
export interface Counted {
  readonly merchantId: number;
  readonly useCount: number;
  readonly usedPoints: number;
  readonly cancelCount: number;
  readonly cancelledPoints: number;
}

/** Deal as Billing knows it when a month is settled: it says how many deals it counts. */
export interface DealBooks {
  readonly url: string;
  /** By month, ascending merchant ids. */
  readonly months: Map<string, readonly Counted[]>;
  stop(): Promise<void>;
}

/** Plays Deal's `GET /settlementTotals`, so that the benchmark measures Billing alone. */
export async function startDealBooks(): Promise<DealBooks> {
  const months = new Map<string, readonly Counted[]>();
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://deal').searchParams;
    const merchantId = query.get('merchantId');
    const after = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const counted = months.get(query.get('billingMonth') ?? '') ?? [];
    const rest = counted.filter(
      (each) =>
        each.merchantId > after && (merchantId === null || each.merchantId === Number(merchantId)),
    );
    const items = rest.slice(0, limit);
    const nextCursor = rest.length > limit ? String(items.at(-1)?.merchantId) : null;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items, nextCursor }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    months,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
