import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { businessMonth, id, pageLimit } from '@onepoint/contracts';
import type { Page } from '@onepoint/contracts';
import { Allow, BusinessCalendar } from '@onepoint/platform';
import { z } from 'zod';
import type { MerchantTotals, MonthRange, SettlementDeal } from '../domain/settlement-facts.ts';
import { SettlementDeals, SettlementTotals } from '../queries/settlement-totals.ts';

const totalsQuery = z.strictObject({
  billingMonth: businessMonth,
  merchantId: id.optional(),
  limit: pageLimit,
  cursor: id.optional(),
});
const dealsQuery = totalsQuery.extend({ merchantId: id });

type DealOnStatement = Omit<SettlementDeal, 'dealDate'> & { readonly dealDate: string };

/** The way in for Billing, over a door that is not published: is everything here that I have? */
@Controller()
@ApiTags('internal')
@Allow('service')
export class SettlementController {
  constructor(
    private readonly queries: QueryBus,
    private readonly calendar: BusinessCalendar,
  ) {}

  @Get('settlementTotals')
  async totals(
    @Query({ schema: totalsQuery }) query: z.infer<typeof totalsQuery>,
  ): Promise<Page<MerchantTotals>> {
    const { billingMonth, merchantId, limit, cursor } = query;
    const found = await this.queries.execute(
      new SettlementTotals(this.rangeOf(billingMonth), merchantId ?? null, cursor ?? 0, limit + 1),
    );
    return pageOf(found, limit, ({ merchantId: last }) => last);
  }

  @Get('settlementDeals')
  async deals(
    @Query({ schema: dealsQuery }) query: z.infer<typeof dealsQuery>,
  ): Promise<Page<DealOnStatement>> {
    const { billingMonth, merchantId, limit, cursor } = query;
    const found = await this.queries.execute(
      new SettlementDeals(this.rangeOf(billingMonth), merchantId, cursor ?? 0, limit + 1),
    );
    const shown = found.map((deal) => ({
      ...deal,
      dealDate: new Date(deal.dealDate).toISOString(),
    }));
    return pageOf(shown, limit, ({ dealId }) => dealId);
  }

  private rangeOf(month: string): MonthRange {
    return { from: this.calendar.startOfMonth(month), to: this.calendar.endOfMonth(month) };
  }
}

function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  idOf: (item: Item) => number,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last !== undefined ? String(idOf(last)) : null,
  };
}
