import type { Transaction } from '@onepoint/persistence';
import type { SettledPointsDelta } from './derive-sums.ts';
import { added, mergeRows } from './merge-rows.ts';
import type { SettlementChunk } from './read-model-changes.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/**
 * Counts parts of settlement runs that were not heard before. A part names up to 500 deals, so one
 * statement for each is little; its insert decides, against all other transactions, who counts it.
 */
export async function writeSettlementChunks(
  tx: Transaction,
  tables: ReadModelTables,
  chunks: readonly SettlementChunk[],
): Promise<void> {
  const fresh: SettlementChunk[] = [];
  const sorted = [...chunks].sort((a, b) => a.runId - b.runId || a.chunk - b.chunk);
  for (const each of sorted) {
    const row = { run_id: each.runId, chunk: each.chunk };
    const { affected } = await tx.insertRows(tables.settlementChunk, [row], {
      ignoreDuplicates: true,
    });
    if (affected === 1) fresh.push(each);
  }
  mergeRows(
    tx,
    {
      table: tables.settlementRun,
      key: ['run_id'],
      columns: { chunks_heard: added, deals_named: added },
    },
    fresh.map((each) => ({
      run_id: each.runId,
      billing_id: each.billingId,
      merchant_id: each.merchantId,
      billing_month: each.billingMonth,
      settled_at: each.settledAt,
      chunks: each.chunks,
      chunks_heard: 1,
      deals_named: each.dealsNamed,
      deals_known: 0,
      used_points: 0,
      cancelled_points: 0,
    })),
  );
}

/** Adds to the sums of runs. The run stands: what joins a deal to it is a part of it that was heard. */
export async function addSettledPoints(
  tx: Transaction,
  tables: ReadModelTables,
  deltas: readonly SettledPointsDelta[],
): Promise<void> {
  for (const delta of [...deltas].sort((a, b) => a.runId - b.runId)) {
    const { affected } = await tx.execute(
      `UPDATE ${tables.settlementRun} SET deals_known = deals_known + ?,
         used_points = used_points + ?, cancelled_points = cancelled_points + ? WHERE run_id = ?`,
      [delta.dealsKnown, delta.usedPoints, delta.cancelledPoints, delta.runId],
    );
    if (affected !== 1) throw new RunUnknown(delta.runId);
  }
}

/** A deal is said to be settled by a run of which no part was heard: a fault of this program. */
export class RunUnknown extends Error {
  override readonly name = 'RunUnknown';

  constructor(runId: number) {
    super(`settlement run ${runId} is not known`);
  }
}
