// A month of many merchants is closed, beside a plain SQL sum over the same rows in the same run.
//   npm run bench:close -- [--merchants 10000] [--lines 100] [--rounds 3] [--json file]
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
    merchants: { type: 'string', default: '10000' },
    lines: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const merchants = Number(values.merchants);
const lines = Number(values.lines);
const rounds = Number(values.rounds);
const LOOK_EVERY_MS = 100;

interface Round {
  readonly merchants: number;
  readonly lines: number;
  /** `SELECT SUM` by merchant over the same rows. */
  readonly sumMs: number;
  readonly closeMs: number;
  readonly beforeMiB: number;
  readonly peakMiB: number;
}

/** The close did not come to what the lines add up to. */
class ClosedWrongly extends Error {
  override readonly name = 'ClosedWrongly';
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

async function playRound(system: BillingSystem, round: number): Promise<Round> {
  const billingMonth = monthsAgo(round);
  const firstId = 1 + (round - 1) * merchants;
  const month = { billingMonth, firstId, merchants, lines };
  const counted = await fillMonth(system.database, month);
  system.deal.months.set(billingMonth, counted);
  const sumMs = await plainSum(system, billingMonth);
  const closed = await watchMemory(system.program.pid, () => close(system, billingMonth));
  const netPoints = counted.reduce((sum, each) => sum + each.usedPoints - each.cancelledPoints, 0);
  const { settled, netPoints: closedPoints } = closed.result;
  if (settled !== merchants || closedPoints !== netPoints) {
    throw new ClosedWrongly(
      JSON.stringify({ expected: { merchants, netPoints }, ...closed.result }),
    );
  }
  const { tookMs, beforeMiB, peakMiB } = closed;
  return { merchants, lines, sumMs, closeMs: tookMs, beforeMiB, peakMiB };
}

async function plainSum({ database }: BillingSystem, billingMonth: string): Promise<number> {
  const startedAt = performance.now();
  await database.query(
    `SELECT b.merchant_id, l.type, COUNT(*), SUM(l.point) FROM billing b
     JOIN settlement_line l ON l.billing_id = b.id
     WHERE b.billing_month = ? GROUP BY b.merchant_id, l.type`,
    [billingMonth],
  );
  return performance.now() - startedAt;
}

async function close(
  system: BillingSystem,
  billingMonth: string,
): Promise<Record<string, unknown>> {
  let progress = await system.ask('POST', '/billings/close', { billingMonth });
  while (progress['state'] !== 'done') {
    await wait(LOOK_EVERY_MS);
    progress = await system.ask('GET', `/billings/close/${billingMonth}`);
  }
  return progress;
}

function rowOf(round: Round): string {
  const { closeMs, sumMs } = round;
  return [
    `${round.merchants} merchants × ${round.lines} lines`,
    `SELECT SUM ${(sumMs / 1_000).toFixed(2)} s`,
    `closed in ${(closeMs / 1_000).toFixed(2)} s (×${(closeMs / sumMs).toFixed(2)})`,
    `${((round.merchants / closeMs) * 1_000).toFixed(0)} merchants/s`,
    `resident ${round.beforeMiB.toFixed(0)} → ${round.peakMiB.toFixed(0)} MiB`,
  ].join(' | ');
}
