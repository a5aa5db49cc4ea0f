import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A deal as a test makes it. */
export interface TestDeal {
  readonly dealId: number;
  readonly merchantId: number;
  readonly type: 'use' | 'useCancel' | 'save' | 'saveCancel';
  /** A test may change it behind everybody's back. */
  point: number;
  readonly month: string;
}

interface Totals {
  merchantId: number;
  useCount: number;
  usedPoints: number;
  cancelCount: number;
  cancelledPoints: number;
}

/** Stands in for Deal: answers the two internal routes out of a list of deals. */
export class DealServer {
  readonly deals: TestDeal[] = [];
  /** How it behaves: as it should, refuses, answers nonsense, or hangs up. */
  mood: 'well' | 'refusing' | 'babbling' | 'gone' = 'well';
  asked: string[] = [];
  authorization: string | undefined;
  #server: Server | null = null;

  async start(): Promise<string> {
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://deal');
    this.asked.push(`${url.pathname}${url.search}`);
    this.authorization = request.headers.authorization;
    if (this.mood === 'gone') return void request.socket.destroy();
    const status = this.mood === 'refusing' ? 401 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    if (this.mood === 'babbling') return void response.end('{"items":[{"merchantId":"?"}]}');
    const query = url.searchParams;
    const items = url.pathname === '/settlementTotals' ? this.#totals(query) : this.#deals(query);
    const idName = url.pathname === '/settlementTotals' ? 'merchantId' : 'dealId';
    response.end(JSON.stringify(pageOf(items, idName, query)));
  }

  #totals(query: URLSearchParams): Record<string, unknown>[] {
    const totals = new Map<number, Totals>();
    for (const deal of this.#counted(query)) {
      const { merchantId } = deal;
      const sum = totals.get(merchantId) ?? {
        merchantId,
        useCount: 0,
        usedPoints: 0,
        cancelCount: 0,
        cancelledPoints: 0,
      };
      sum.useCount += deal.type === 'use' ? 1 : 0;
      sum.usedPoints += deal.type === 'use' ? deal.point : 0;
      sum.cancelCount += deal.type === 'useCancel' ? 1 : 0;
      sum.cancelledPoints += deal.type === 'useCancel' ? deal.point : 0;
      totals.set(merchantId, sum);
    }
    return [...totals.values()].map((each) => ({ ...each }));
  }

  #deals(query: URLSearchParams): Record<string, unknown>[] {
    return this.#counted(query).map(({ dealId, type, point }) => ({
      dealId,
      type,
      point,
      dealDate: '2026-01-01T00:00:00.000Z',
    }));
  }

  #counted(query: URLSearchParams): TestDeal[] {
    const merchantId = query.get('merchantId');
    return this.deals.filter(
      (deal) =>
        (deal.type === 'use' || deal.type === 'useCancel') &&
        deal.month === query.get('billingMonth') &&
        (merchantId === null || deal.merchantId === Number(merchantId)),
    );
  }
}

function pageOf(
  items: readonly Record<string, unknown>[],
  idName: string,
  query: URLSearchParams,
): { items: unknown[]; nextCursor: string | null } {
  const idOf = (item: Record<string, unknown> | undefined): number => Number(item?.[idName]);
  const limit = Number(query.get('limit') ?? 50);
  const after = Number(query.get('cursor') ?? 0);
  const rest = items.filter((item) => idOf(item) > after).sort((a, b) => idOf(a) - idOf(b));
  const shown = rest.slice(0, limit);
  return { items: shown, nextCursor: rest.length > limit ? String(idOf(shown.at(-1))) : null };
}
