import { settledDealsMax } from '@onepoint/contracts';
import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { Transaction } from '@onepoint/persistence';
import { chunkLines, chunksOf } from '../domain/chunks.ts';
import type { LineRange } from '../domain/plan-run.ts';

/** Deals that one event names. */
export const CHUNK_MAX = settledDealsMax;

/** A run, as far as its announcement needs it. */
export interface AnnouncedRun {
  readonly runId: number;
  readonly billingId: number;
  readonly merchantId: number;
  readonly billingMonth: string;
  readonly lines: LineRange;
  /** How many chunks of this billing came before, plus one: events of one billing are counted on. */
  readonly firstChunk: number;
  /** Epoch milliseconds. */
  readonly settledAt: number;
}

/** Some chunks of a run as events, and which one comes next: null when all are told. */
export interface ToldChunks {
  readonly events: readonly NewEvent[];
  readonly nextChunk: number | null;
}

/**
 * Chunks `chunk` and following of a run, `chunksMax` at most. What a chunk names depends on the run
 * alone, so that it does not matter who tells it, when, or after how many crashes.
 */
export async function readChunks(
  tx: Transaction,
  run: AnnouncedRun,
  chunk: number,
  chunksMax: number,
): Promise<ToldChunks> {
  const chunks = chunksOf(run.lines, CHUNK_MAX);
  const last = Math.min(chunk + chunksMax - 1, chunks);
  const places = {
    first: chunkLines(run.lines, chunk, CHUNK_MAX).first,
    last: chunkLines(run.lines, last, CHUNK_MAX).last,
  };
  const deals = await tx.query<{ dealId: number }>(
    `SELECT deal_id AS dealId FROM settlement_line
     WHERE billing_id = ? AND place BETWEEN ? AND ? ORDER BY place`,
    [run.billingId, places.first, places.last],
  );
  const events: NewEvent[] = [];
  for (let each = chunk; each <= last; each += 1) {
    const from = (each - chunk) * CHUNK_MAX;
    const dealIds = deals.slice(from, from + CHUNK_MAX).map(({ dealId }) => dealId);
    events.push(chunkEvent(run, each, chunks, dealIds));
  }
  return { events, nextChunk: last === chunks ? null : last + 1 };
}

function chunkEvent(
  run: AnnouncedRun,
  chunk: number,
  chunks: number,
  dealIds: number[],
): NewEvent<'billing.settled.v1'> {
  const { runId, billingId, merchantId, billingMonth } = run;
  return newEvent('billing.settled.v1', {
    subject: `billing/${billingId}`,
    sequence: run.firstChunk + chunk - 1,
    occurredAt: run.settledAt,
    data: {
      billingId,
      runId,
      merchantId,
      billingMonth,
      settledAt: new Date(run.settledAt).toISOString(),
      chunk,
      chunks,
      dealIds,
    },
  });
}
