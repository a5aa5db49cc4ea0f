// One merchant's month of a million lines: settled, announced, and downloaded as CSV, beside a plain SQL sum over the
// same rows in the same run.
//   npm run bench:settle -- [--lines 1000000] [--rounds 3] [--json file]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { startBilling } from './billing-system.ts';
import type { BillingSystem } from './billing-system.ts';
import { fillMonth } from './fill-month.ts';
import { watchMemory } from './resident-memory.ts';
import { monthsAgo } from './settlement-months.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const lines = Number(values.lines);
const rounds = Number(values.rounds);
const ANNOUNCED_MAX_MS = 60_000;

interface Round {
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

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const billing = await startBilling();
try {
  const results: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const result = await playRound(billing, round);
    results.push(result);
    say(rowOf(result));
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2));
} finally {
  await billing.stop();
}

async function playRound(system: BillingSystem, merchantId: number): Promise<Round> {
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

function rowOf(round: Round): string {
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
