import type { Transaction } from '@onepoint/persistence';
import type { BillingTotals } from '../domain/billing-totals.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { RunPlan } from '../domain/plan-run.ts';
import { CHUNK_MAX } from './announce-run.ts';
import type { AnnouncedRun } from './announce-run.ts';

interface LockedBilling {
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly settledThrough: number;
  readonly runCount: number;
  readonly chunkCount: number;
}

/**
 * Writes a run under the lock of its billing, if the lines before it, and none of its own, are settled
 * now: else another run came first and null is the answer. What it costs does not depend on the
 * number of lines.
 */
export async function writeRun(
  tx: Transaction,
  plan: RunPlan,
  now: number,
): Promise<AnnouncedRun | null> {
  const [billing] = await tx.query<LockedBilling>(
    `SELECT merchant_id AS merchantId, billing_month AS billingMonth,
       settled_through AS settledThrough, run_count AS runCount, chunk_count AS chunkCount
     FROM billing WHERE id = ?${tx.forUpdate()}`,
    [plan.billingId],
  );
  if (billing === undefined || billing.settledThrough !== plan.lines.first - 1) return null;
  const firstChunk = billing.chunkCount + 1;
  const { ids } = await tx.insertRows('settlement_run', [
    {
      billing_id: plan.billingId,
      run_no: billing.runCount + 1,
      first_place: plan.lines.first,
      last_place: plan.lines.last,
      first_chunk: firstChunk,
      settled_at: now,
      ...amountsRow(plan.made),
    },
  ]);
  await writeSums(tx, plan);
  await tx.execute(
    `UPDATE billing SET settled_through = ?, run_count = run_count + 1,
       chunk_count = chunk_count + ?, net_amount = ? WHERE id = ?`,
    [plan.lines.last, chunksOf(plan.lines, CHUNK_MAX), plan.totals.net, plan.billingId],
  );
  const [runId = 0] = ids;
  const { merchantId, billingMonth } = billing;
  return {
    runId,
    billingId: plan.billingId,
    merchantId,
    billingMonth,
    lines: plan.lines,
    firstChunk,
    settledAt: now,
  };
}

async function writeSums(tx: Transaction, plan: RunPlan): Promise<void> {
  const rows = plan.allSums.map((sums) => ({
    billing_id: plan.billingId,
    type: sums.type,
    commission_bps: sums.commissionBps,
    earn_charge_bps: sums.earnChargeBps,
    deal_count: sums.dealCount,
    points: sums.points,
  }));
  await tx.upsertRows('billing_terms', rows, {
    key: ['billing_id', 'type', 'commission_bps', 'earn_charge_bps'],
    update: ['deal_count', 'points'],
  });
}

function amountsRow(made: BillingTotals): Record<string, number> {
  return {
    deal_count: made.dealCount,
    used_points: made.usedPoints,
    cancelled_points: made.cancelledPoints,
    net_points: made.netPoints,
    commission: made.commission,
    billing_amount: made.billingAmount,
    earned_points: made.earnedPoints,
    earn_cancelled_points: made.earnCancelledPoints,
    earn_charge: made.earnCharge,
    net_amount: made.net,
  };
}
