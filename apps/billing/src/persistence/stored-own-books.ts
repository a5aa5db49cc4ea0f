import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import type { Sql } from '@onepoint/persistence';
import type { BookedDeal, MerchantFigures } from '../domain/deal-books.ts';
import { figuresOf } from '../domain/figures.ts';
import { OwnBooks } from '../domain/own-books.ts';
import type { DealRange, MerchantRange } from '../domain/own-books.ts';
import { addSums } from '../domain/term-sums.ts';
import type { TermSums } from '../domain/term-sums.ts';
import { readSettledSums, SUM_LINES_MAX, sumLines } from './read-sums.ts';

interface BillingRow {
  readonly id: number;
  readonly merchantId: number;
  readonly lineCount: number;
  readonly settledThrough: number;
}

/** Billing's books: what is settled is added up already, the rest is added up when asked for. */
@Injectable()
export class StoredOwnBooks extends OwnBooks {
  constructor(private readonly database: Database) {
    super();
  }

  async figuresOf(billingMonth: string, merchants: MerchantRange): Promise<MerchantFigures[]> {
    const { rows, settled } = await this.database.read(async (sql) => {
      const found = await readBillings(sql, billingMonth, merchants);
      return {
        rows: found,
        settled: await readSettledSums(
          sql,
          found.map(({ id }) => id),
        ),
      };
    });
    const figures: MerchantFigures[] = [];
    for (const row of rows) {
      const open = await this.sumUnsettled(row);
      const sums = addSums(settled.get(row.id) ?? [], open);
      figures.push({ merchantId: row.merchantId, ...figuresOf(sums) });
    }
    return figures;
  }

  dealsOf(merchantId: number, billingMonth: string, deals: DealRange): Promise<BookedDeal[]> {
    return this.database.read((sql) =>
      sql.query<BookedDeal>(
        `SELECT l.deal_id AS dealId, l.type, l.point FROM settlement_line l
         JOIN billing b ON b.id = l.billing_id
         WHERE b.merchant_id = ? AND b.billing_month = ? AND l.type IN ('use', 'useCancel')
           AND l.deal_id > ? AND l.deal_id <= ? ORDER BY l.deal_id LIMIT ?`,
        [
          merchantId,
          billingMonth,
          deals.after,
          deals.through ?? Number.MAX_SAFE_INTEGER,
          deals.limit,
        ],
      ),
    );
  }

  private async sumUnsettled({ id, settledThrough, lineCount }: BillingRow): Promise<TermSums[]> {
    let sums: TermSums[] = [];
    for (let first = settledThrough + 1; first <= lineCount; first += SUM_LINES_MAX) {
      const slice = { first, last: Math.min(first + SUM_LINES_MAX - 1, lineCount) };
      sums = addSums(sums, await this.database.read((sql) => sumLines(sql, id, slice)));
    }
    return sums;
  }
}

function readBillings(
  sql: Sql,
  billingMonth: string,
  { after, through, limit }: MerchantRange,
): Promise<BillingRow[]> {
  return sql.query<BillingRow>(
    `SELECT id, merchant_id AS merchantId, line_count AS lineCount,
       settled_through AS settledThrough
     FROM billing WHERE billing_month = ? AND merchant_id > ? AND merchant_id <= ?
       AND line_count > 0 ORDER BY merchant_id LIMIT ?`,
    [billingMonth, after, through ?? Number.MAX_SAFE_INTEGER, limit],
  );
}
