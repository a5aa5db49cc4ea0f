import type { Transaction } from '@onepoint/persistence';
import type { BillingTotals } from '../domain/billing-totals.ts';
import { chunksOf } from '../domain/chunks.ts';
import type { RunPlan } from '../domain/plan-run.ts';
import { CHUNK_MAX } from './announce-run.ts';
import type { AnnouncedRun } from './announce-run.ts';

/** A billing as it stands under its lock. */
interface LockedBilling {
  readonly id: number;
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly lineCount: number;
  readonly settledThrough: number;
  readonly runCount: number;
  readonly chunkCount: number;
  readonly createdAt: number;
}

/** A plan that can stand, and its billing before and after it. */
interface AcceptedPlan {
  /** Which of the plans that were asked for. */
  readonly at: number;
  readonly plan: RunPlan;
  readonly before: LockedBilling;
  readonly after: LockedBilling;
}

/**
 * Writes runs under the locks of their billings. A plan stands if the lines before it, and none of
 * its own, are settled now; else another run came first and null is its answer. What it costs does
 * not depend on the number of lines.
 */
export async function writeRuns(
  tx: Transaction,
  plans: readonly RunPlan[],
  now: number,
): Promise<(AnnouncedRun | null)[]> {
  const accepted = accept(plans, await lockBillings(tx, plans));
  if (accepted.length === 0) return plans.map(() => null);
  const runIds = await insertRuns(tx, accepted, now);
  await writeSums(tx, accepted);
  await writeBillings(tx, accepted);
  const runs: (AnnouncedRun | null)[] = plans.map(() => null);
  for (const [index, { at, plan, before }] of accepted.entries()) {
    runs[at] = {
      runId: runIds[index] ?? 0,
      billingId: plan.billingId,
      merchantId: before.merchantId,
      billingMonth: before.billingMonth,
      lines: plan.lines,
      firstChunk: before.chunkCount + 1,
      settledAt: now,
    };
  }
  return runs;
}

/** Ascending, so that batches cannot wait for each other in a circle. */
async function lockBillings(
  tx: Transaction,
  plans: readonly RunPlan[],
): Promise<Map<number, LockedBilling>> {
  const list = tx.inList([...new Set(plans.map(({ billingId }) => billingId))]);
  const rows = await tx.query<LockedBilling>(
    `SELECT id, merchant_id AS merchantId, billing_month AS billingMonth, line_count AS lineCount,
       settled_through AS settledThrough, run_count AS runCount, chunk_count AS chunkCount,
       created_at AS createdAt
     FROM billing WHERE id IN ${list.sql} ORDER BY id${tx.forUpdate()}`,
    list.params,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function accept(plans: readonly RunPlan[], billings: Map<number, LockedBilling>): AcceptedPlan[] {
  const accepted: AcceptedPlan[] = [];
  for (const [at, plan] of plans.entries()) {
    const before = billings.get(plan.billingId);
    if (before === undefined || before.settledThrough !== plan.lines.first - 1) continue;
    const after = {
      ...before,
      settledThrough: plan.lines.last,
      runCount: before.runCount + 1,
      chunkCount: before.chunkCount + chunksOf(plan.lines, CHUNK_MAX),
    };
    billings.set(plan.billingId, after);
    accepted.push({ at, plan, before, after });
  }
  return accepted;
}

async function insertRuns(
  tx: Transaction,
  accepted: readonly AcceptedPlan[],
  now: number,
): Promise<readonly number[]> {
  const { ids } = await tx.insertRows(
    'settlement_run',
    accepted.map(({ plan, before, after }) => ({
      billing_id: plan.billingId,
      run_no: after.runCount,
      first_place: plan.lines.first,
      last_place: plan.lines.last,
      first_chunk: before.chunkCount + 1,
      settled_at: now,
      ...amountsRow(plan.made),
    })),
  );
  return ids;
}

async function writeSums(tx: Transaction, accepted: readonly AcceptedPlan[]): Promise<void> {
  const rows = accepted.flatMap(({ plan }) =>
    plan.allSums.map((sums) => ({
      billing_id: plan.billingId,
      type: sums.type,
      commission_bps: sums.commissionBps,
      earn_charge_bps: sums.earnChargeBps,
      deal_count: sums.dealCount,
      points: sums.points,
    })),
  );
  await tx.upsertRows('billing_terms', rows, {
    key: ['billing_id', 'type', 'commission_bps', 'earn_charge_bps'],
    update: ['deal_count', 'points'],
  });
}

/** All of them exist and are locked: each row is the one that was read, and then what changes. */
async function writeBillings(tx: Transaction, accepted: readonly AcceptedPlan[]): Promise<void> {
  const rows = accepted.map(({ plan, after }) => ({
    id: after.id,
    merchant_id: after.merchantId,
    billing_month: after.billingMonth,
    line_count: after.lineCount,
    settled_through: after.settledThrough,
    run_count: after.runCount,
    chunk_count: after.chunkCount,
    net_amount: plan.totals.net,
    created_at: after.createdAt,
  }));
  await tx.upsertRows('billing', rows, {
    key: ['id'],
    update: ['settled_through', 'run_count', 'chunk_count', 'net_amount'],
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
