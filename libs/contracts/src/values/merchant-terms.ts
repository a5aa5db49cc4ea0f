import { basisPoints } from './numbers.ts';

/** A merchant's rates, as they stand now or as they stood when a deal was made. */
export const merchantTerms = {
  earnRateBps: basisPoints.describe('points a save earns, of its dealAmount'),
  commissionBps: basisPoints.describe('what the network keeps of the net points at settlement'),
  earnChargeBps: basisPoints.describe('what the merchant is charged for the points its saves gave'),
};
