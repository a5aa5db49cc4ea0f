import fc from 'fast-check';
import type { SettlementLine } from './settlement-line.ts';
import type { TermSums } from './term-sums.ts';

/** A deal as far as sums are concerned. */
export type SummedDeal = Pick<SettlementLine, 'type' | 'point' | 'commissionBps' | 'earnChargeBps'>;

/** Deals of all types and rates: mostly small, where rounding shows, and some very large. */
export const anyDeal: fc.Arbitrary<SummedDeal> = fc.record({
  type: fc.constantFrom('use', 'useCancel', 'save', 'saveCancel'),
  point: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 1_000_000_000 })),
  commissionBps: fc.oneof(
    fc.constantFrom(0, 150, 200, 10_000),
    fc.integer({ min: 0, max: 10_000 }),
  ),
  earnChargeBps: fc.oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 })),
});

/** The sums of deals, one sum for each deal: whoever adds them up has all the work to do. */
export function sumsOf(deals: readonly SummedDeal[]): TermSums[] {
  return deals.map(({ point, ...deal }) => ({ ...deal, dealCount: 1, points: point }));
}

/**
 * What a month comes to, told once more in the plainest way: deal by deal, in ten-thousandths of a
 * won, and only at the end cut to whole won. Knows nothing of the code it is compared with.
 */
export function plainReckoning(deals: readonly SummedDeal[]) {
  let [points, kept, charged] = [0n, 0n, 0n];
  for (const deal of deals) {
    const direction = deal.type.endsWith('Cancel') ? -1n : 1n;
    const signed = BigInt(deal.point) * direction;
    if (deal.type.startsWith('use')) {
      points += signed;
      kept += signed * BigInt(deal.commissionBps);
    } else {
      charged += signed * BigInt(deal.earnChargeBps);
    }
  }
  const commission = cut(kept);
  const earnCharge = cut(charged);
  const billingAmount = Number(points) - commission;
  return {
    netPoints: Number(points),
    commission,
    billingAmount,
    earnCharge,
    net: billingAmount - earnCharge,
  };
}

/** Takes the last four digits away, whatever the sign. */
function cut(tenThousandths: bigint): number {
  const [sign, digits] =
    tenThousandths < 0n ? [-1, String(-tenThousandths)] : [1, String(tenThousandths)];
  const whole = Number(digits.slice(0, -4) || '0');
  return whole === 0 ? 0 : sign * whole;
}
