import type { Deal, Deals } from '../domain/deal.ts';

export function recordDeal(deals: Deals, deal: Deal): void {
  deals.keep(deal);
}
