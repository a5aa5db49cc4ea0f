import { setTimeout as wait } from 'node:timers/promises';
import { startBilling } from '../billing-system.ts';
import type { BillingSystem } from '../billing-system.ts';
import { fillMonth } from '../fill-month.ts';
import { median } from '../figures/percentile.ts';
import { watchMemory } from '../resident-memory.ts';
import { monthsAgo } from '../settlement-months.ts';
import type { BenchOptions, Part } from './options.ts';

const ANNOUNCED_MAX_MS = 60_000;
const GOAL_LINES = 1_000_000;
/** Memory is flat when the last round's highest is no more than this above the first's that counts. */
const FLAT = 1.1;
/** With its first months a process that was just started grows to the size that it then works in. */
const ROUNDS_TO_GROW = 1;

/** One merchant's month of so many lines. */
export interface SettleRound {
  readonly lines: number;
  /** `SELECT SUM` over the same rows. */
  readonly sumMs: number;
  readonly settleMs: number;
  /** From the request until every deal of the run was announced and confirmed by the broker. */
  readonly announcedMs: number;
  readonly csvMs: number;
  readonly csvBytes: number;
  readonly beforeMiB: number;
  readonly peakMiB: number;
}

/** The deals of a run were not announced in time. */
class NotAnnounced extends Error {
  override readonly name = 'NotAnnounced';
}

/** S6: one month after the other, each of another merchant. */
export async function settlingMonths(
  stops: (() => Promise<void>)[],
  { lines, rounds, say }: Pick<BenchOptions, 'lines' | 'rounds' | 'say'>,
): Promise<Part> {
  const all = await settleRounds(stops, lines, ROUNDS_TO_GROW + rounds, (round) =>
    say(`S6: ${settledText(round)}`),
  );
  const seen = all.slice(ROUNDS_TO_GROW);
  const seconds = median(seen.map(({ settleMs }) => settleMs)) / 1_000;
  const announced = median(seen.map(({ announcedMs }) => announcedMs)) / 1_000;
  const memory = (seen.at(-1)?.peakMiB ?? Number.NaN) / (seen[0]?.peakMiB ?? Number.NaN);
  return {
    measures: [
      {
        ...{ id: 'S6', atGoalSize: lines >= GOAL_LINES && rounds >= 2 },
        figures: [
          { what: 'settled in', value: seconds, unit: 's', better: 'less', goal: 10 },
          {
            ...{ what: 'memory, last round ÷ first', value: memory, unit: '×' },
            ...{ better: 'less', goal: FLAT },
          },
          { what: 'announced in', value: announced, unit: 's', better: 'less' },
        ],
      },
    ],
    rounds: { settling: seen },
  };
}

/** Starts Billing alone and settles a month for each round. */
export async function settleRounds(
  stops: (() => Promise<void>)[],
  lines: number,
  rounds: number,
  seen: (round: SettleRound) => void,
): Promise<SettleRound[]> {
  const billing = await startBilling();
  stops.push(() => billing.stop());
  const results: SettleRound[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const result = await settleMonth(billing, round, lines);
    results.push(result);
    seen(result);
  }
  return results;
}

/** Settles the month of one merchant that has never been settled. @throws NotAnnounced */
async function settleMonth(
  system: BillingSystem,
  merchantId: number,
  lines: number,
): Promise<SettleRound> {
  const { database, deal, program } = system;
  const billingMonth = monthsAgo(1);
  const month = { billingMonth, firstId: merchantId, merchants: 1, lines };
  deal.months.set(billingMonth, await fillMonth(database, month));
  const sumMs = await plainSum(system, merchantId);
  const startedAt = performance.now();
  const settled = await watchMemory(program.pid, async () => {
    const body = await system.ask('POST', '/billings', { merchantId, billingMonth });
    const settleMs = performance.now() - startedAt;
    await untilAnnounced(system);
    return { settleMs, body };
  });
  const { settleMs, body } = settled.result;
  const csv = await watchMemory(program.pid, () => download(system, Number(body['id'])));
  return {
    lines,
    sumMs,
    settleMs,
    announcedMs: settled.tookMs,
    csvMs: csv.tookMs,
    csvBytes: csv.result,
    beforeMiB: settled.beforeMiB,
    peakMiB: Math.max(settled.peakMiB, csv.peakMiB),
  };
}

async function plainSum({ database }: BillingSystem, billingId: number): Promise<number> {
  const startedAt = performance.now();
  await database.query(
    'SELECT type, COUNT(*), SUM(point) FROM settlement_line WHERE billing_id = ? GROUP BY type',
    [billingId],
  );
  return performance.now() - startedAt;
}

async function untilAnnounced({ database }: BillingSystem): Promise<void> {
  const giveUpAt = performance.now() + ANNOUNCED_MAX_MS;
  for (;;) {
    const [rows] = await database.query(
      `SELECT (SELECT COUNT(*) FROM run_announcement) AS runs,
         (SELECT COUNT(*) FROM outbox WHERE position IS NULL) AS unsent`,
    );
    const waiting = (rows as { runs: number; unsent: number }[])[0];
    if (waiting?.runs === 0 && waiting.unsent === 0) return;
    if (performance.now() > giveUpAt) throw new NotAnnounced(JSON.stringify(waiting));
    await wait(20);
  }
}

async function download(system: BillingSystem, billingId: number): Promise<number> {
  const response = await system.stream(`/billings/${billingId}/lines`, 'text/csv');
  let bytes = 0;
  for await (const part of response.body ?? []) bytes += part.length;
  return bytes;
}

/** A round in one line. */
export function settledText(round: SettleRound): string {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
  return [
    `${round.lines} lines`,
    `SELECT SUM ${seconds(round.sumMs)}`,
    `settled in ${seconds(round.settleMs)} (×${(round.settleMs / round.sumMs).toFixed(2)})`,
    `announced in ${seconds(round.announcedMs)}`,
    `CSV ${(round.csvBytes / 1e6).toFixed(1)} MB in ${seconds(round.csvMs)}`,
    `resident ${round.beforeMiB.toFixed(0)} → ${round.peakMiB.toFixed(0)} MiB`,
  ].join(' | ');
}
