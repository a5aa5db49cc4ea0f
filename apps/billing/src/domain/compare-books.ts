import type { BookedDeal, MerchantFigures } from './deal-books.ts';
import { NO_DEALS, sameFigures } from './figures.ts';
import type { Figures } from './figures.ts';

/** One merchant's month on both sides. */
export interface MerchantComparison {
  readonly merchantId: number;
  readonly deal: Figures;
  readonly billing: Figures;
  readonly same: boolean;
}

/** A deal that only one side has, or that the two have differently. */
export interface DealDifference {
  readonly dealId: number;
  readonly deal: BookedDeal | null;
  readonly billing: BookedDeal | null;
}

/** Lays both sides beside each other, by ascending merchant; whoever is missing has no deals there. */
export function compareMerchants(
  deal: readonly MerchantFigures[],
  billing: readonly MerchantFigures[],
): MerchantComparison[] {
  const [dealSide, billingSide] = [byId(deal), byId(billing)];
  const ids = [...new Set([...dealSide.keys(), ...billingSide.keys()])].sort((a, b) => a - b);
  return ids.map((merchantId) => {
    const [one, other] = [
      figuresIn(dealSide.get(merchantId)),
      figuresIn(billingSide.get(merchantId)),
    ];
    return { merchantId, deal: one, billing: other, same: sameFigures(one, other) };
  });
}

/** The deals that differ, by ascending id. */
export function compareDeals(
  deal: readonly BookedDeal[],
  billing: readonly BookedDeal[],
): DealDifference[] {
  const dealSide = new Map(deal.map((each) => [each.dealId, each]));
  const billingSide = new Map(billing.map((each) => [each.dealId, each]));
  const ids = [...new Set([...dealSide.keys(), ...billingSide.keys()])].sort((a, b) => a - b);
  return ids
    .map((dealId) => ({
      dealId,
      deal: dealSide.get(dealId) ?? null,
      billing: billingSide.get(dealId) ?? null,
    }))
    .filter(({ deal: one, billing: other }) => !sameDeal(one, other));
}

function sameDeal(one: BookedDeal | null, other: BookedDeal | null): boolean {
  return one !== null && other !== null && one.type === other.type && one.point === other.point;
}

function byId(figures: readonly MerchantFigures[]): Map<number, MerchantFigures> {
  return new Map(figures.map((each) => [each.merchantId, each]));
}

function figuresIn(given: Figures | undefined): Figures {
  const { useCount, usedPoints, cancelCount, cancelledPoints } = given ?? NO_DEALS;
  return { useCount, usedPoints, cancelCount, cancelledPoints };
}
