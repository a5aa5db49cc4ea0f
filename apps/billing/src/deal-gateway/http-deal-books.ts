import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { contextHeaders } from '@onepoint/platform';
import { Pool } from 'undici';
import { z } from 'zod';
import { dealUnavailable } from '../domain/billing.errors.ts';
import { DealBooks } from '../domain/deal-books.ts';
import type { BookedDeal, BookPage, MerchantFigures } from '../domain/deal-books.ts';
import { NO_DEALS } from '../domain/figures.ts';
import type { Figures } from '../domain/figures.ts';

/** Where Deal is, and how long it may take. */
export interface DealGatewayOptions {
  readonly url: string;
  /** Shown to Deal; null where the doors are open. */
  readonly serviceToken: string | null;
  /** Milliseconds for one request, connecting included. */
  readonly timeoutMs: number;
}

/** Injection token of the {@link DealGatewayOptions}. */
export const DEAL_GATEWAY_OPTIONS = Symbol('DEAL_GATEWAY_OPTIONS');

const CONNECTIONS_MAX = 8;
/** The server keeps idle connections for 65 s: ours go first, so that none is cut under a request. */
const KEEP_ALIVE_MS = 30_000;
const OK = 200;

const count = z.int().min(0);
const figures = z.object({
  merchantId: z.int().min(1),
  useCount: count,
  usedPoints: count,
  cancelCount: count,
  cancelledPoints: count,
});
const deal = z.object({
  dealId: z.int().min(1),
  type: z.enum(['use', 'useCancel']),
  point: count,
});
const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Deal answered, but not with its books. */
export class DealRefused extends Error {
  override readonly name = 'DealRefused';

  constructor(readonly httpStatus: number) {
    super(`Deal answered ${httpStatus}`);
  }
}

/** Asks Deal over its internal routes. Whatever goes wrong is `DEAL_UNAVAILABLE`: nobody guesses. */
@Injectable()
export class HttpDealBooks extends DealBooks implements OnApplicationShutdown {
  private readonly pool: Pool;

  constructor(@Inject(DEAL_GATEWAY_OPTIONS) private readonly options: DealGatewayOptions) {
    super();
    this.pool = new Pool(options.url, {
      connections: CONNECTIONS_MAX,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connect: { timeout: options.timeoutMs },
      headersTimeout: options.timeoutMs,
      bodyTimeout: options.timeoutMs,
    });
  }

  async figuresOf(merchantId: number, billingMonth: string): Promise<Figures> {
    const asked = { merchantId, billingMonth };
    const { items } = await this.ask('/settlementTotals', asked, pageOf(figures));
    return items.find((item) => item.merchantId === merchantId) ?? NO_DEALS;
  }

  figuresOfAll(
    billingMonth: string,
    cursor: string | null,
    limit: number,
  ): Promise<BookPage<MerchantFigures>> {
    return this.ask('/settlementTotals', { billingMonth, cursor, limit }, pageOf(figures));
  }

  dealsOf(
    merchantId: number,
    billingMonth: string,
    cursor: string | null,
    limit: number,
  ): Promise<BookPage<BookedDeal>> {
    const asked = { merchantId, billingMonth, cursor, limit };
    return this.ask('/settlementDeals', asked, pageOf(deal));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }

  private async ask<Answer>(
    path: string,
    query: Record<string, string | number | null>,
    answer: z.ZodType<Answer>,
  ): Promise<Answer> {
    const { serviceToken, timeoutMs } = this.options;
    const given = Object.entries(query).filter(([, value]) => value !== null);
    try {
      const response = await this.pool.request({
        path,
        method: 'GET',
        query: Object.fromEntries(given),
        headers: {
          ...contextHeaders(),
          ...(serviceToken === null ? {} : { authorization: `Bearer ${serviceToken}` }),
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = await response.body.json();
      if (response.statusCode !== OK) throw new DealRefused(response.statusCode);
      return answer.parse(body);
    } catch (error) {
      throw dealUnavailable(error);
    }
  }
}
