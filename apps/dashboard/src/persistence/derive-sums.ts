import type { DealType } from '@onepoint/contracts';
import type { KnownDeal } from './known-deal.ts';
import { pointStatusOf } from './known-deal.ts';
import type { DealStep } from './write-deals.ts';

/** The merchant id under which the day totals of all merchants together stand. */
export const ALL_MERCHANTS = 0;

/** What is added to one row of the day totals. */
export interface DayTotalDelta {
  readonly merchantId: number;
  readonly day: string;
  readonly type: DealType;
  deals: number;
  dealAmount: number;
  point: number;
  failedDeals: number;
}

/** What is added to the sums of one settlement run. */
export interface SettledPointsDelta {
  readonly runId: number;
  dealsKnown: number;
  usedPoints: number;
  cancelledPoints: number;
}

/** Deals whose points begin to be awaited, or no longer are. */
export interface DeferralChanges {
  readonly begun: readonly { readonly dealId: number; readonly dealDate: number }[];
  readonly ended: readonly number[];
}

/**
 * What the steps add to the totals of their days: what the deals count for after, less what they did
 * before. A deal that is heard again has taken no step, so it is counted once (P4).
 */
export function dayTotalDeltas(
  steps: readonly DealStep[],
  dayOf: (instantMs: number) => string,
): DayTotalDelta[] {
  const deltas = new Map<string, DayTotalDelta>();
  const count = ({ deal }: KnownDeal, sign: 1 | -1): void => {
    if (deal === null) return;
    const day = dayOf(deal.dealDate);
    const { type, status } = deal;
    for (const merchantId of [ALL_MERCHANTS, deal.merchantId]) {
      const key = `${merchantId} ${day} ${type}`;
      const none = { deals: 0, dealAmount: 0, point: 0, failedDeals: 0 };
      const delta = deltas.get(key) ?? { merchantId, day, type, ...none };
      deltas.set(key, delta);
      if (status === 'fail') {
        delta.failedDeals += sign;
        continue;
      }
      delta.deals += sign;
      delta.dealAmount += sign * deal.dealAmount;
      delta.point += sign * deal.point;
    }
  };
  for (const { before, after } of steps) {
    if (before.deal === after.deal) continue;
    count(before, -1);
    count(after, 1);
  }
  return [...deltas.values()];
}

/** What the steps add to the points of settlement runs, by the same rule. */
export function settledPointsDeltas(steps: readonly DealStep[]): SettledPointsDelta[] {
  const deltas = new Map<number, SettledPointsDelta>();
  const count = ({ deal, settlement }: KnownDeal, sign: 1 | -1): void => {
    if (deal === null || settlement === null) return;
    const { runId } = settlement;
    const none = { dealsKnown: 0, usedPoints: 0, cancelledPoints: 0 };
    const delta = deltas.get(runId) ?? { runId, ...none };
    deltas.set(runId, delta);
    delta.dealsKnown += sign;
    if (deal.type === 'use') delta.usedPoints += sign * deal.point;
    if (deal.type === 'useCancel') delta.cancelledPoints += sign * deal.point;
  };
  for (const { before, after } of steps) {
    if (before.deal === after.deal && before.settlement === after.settlement) continue;
    count(before, -1);
    count(after, 1);
  }
  return [...deltas.values()];
}

/** Which deals begin and cease to be deferred. */
export function deferralChanges(steps: readonly DealStep[]): DeferralChanges {
  const begun: { dealId: number; dealDate: number }[] = [];
  const ended: number[] = [];
  for (const { before, after } of steps) {
    const was = pointStatusOf(before) === 'deferred';
    const is = pointStatusOf(after) === 'deferred';
    if (is && !was && after.deal !== null) {
      begun.push({ dealId: after.dealId, dealDate: after.deal.dealDate });
    }
    if (was && !is) ended.push(after.dealId);
  }
  return { begun, ended };
}
