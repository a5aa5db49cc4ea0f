import type { Deal } from '../domain/deal.ts';

export function getDeal(deals: readonly Deal[], id: number): Deal | undefined {
  return deals.find((deal) => deal.id === id);
}
