// S1 to S9: OnePoint in production mode beside a hand-written service and beside its goals, on servers of its own.
//   npm run bench -- [--quick] [--only S1,S2] [--all] [--seconds 10] [--warm-seconds 90] [--rounds 3]
//     [--clients 1,16,64,128] [--members 10000] [--s3-seconds 30] [--events 300000] [--lines 1000000]
//     [--s5-deals 100000,5000000] [--s8-members 1000000] [--s8-deals 10000000] [--buffer-pool 8192] [--json file]
//   npm run bench -- --compare a.json b.json
import { readFileSync, writeFileSync } from 'node:fs';
import { thisMachine } from './machine.ts';
import { runParts } from './measures/run-parts.ts';
import { OrderRefused, readOrder } from './read-order.ts';
import type { BenchOrder } from './read-order.ts';
import type { BenchReport } from './report/bench-report.ts';
import { compareReports } from './report/compare-reports.ts';
import { reportText } from './report/report-text.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function measure(order: Extract<BenchOrder, { do: 'measure' }>): Promise<void> {
  const { say: _, wanted, clients, s5Deals, ...settings } = order.options;
  const found = await runParts(order.options);
  const report: BenchReport = {
    madeAt: new Date().toISOString(),
    machine: thisMachine(),
    settings: {
      ...{ ...settings, clients: clients.join(','), s5Deals: s5Deals.join(',') },
      only: [...wanted].join(','),
    },
    ...found,
  };
  if (order.json !== null) writeFileSync(order.json, `${JSON.stringify(report, null, 2)}\n`);
  say('');
  for (const line of reportText(report)) say(line);
}

function reportIn(file: string): BenchReport {
  return JSON.parse(readFileSync(file, 'utf8')) as BenchReport;
}

try {
  const order = readOrder(process.argv.slice(2), say);
  if (order.do === 'measure') await measure(order);
  else for (const line of compareReports(reportIn(order.a), reportIn(order.b))) say(line);
} catch (error) {
  if (!(error instanceof OrderRefused)) throw error;
  say(error.message);
  process.exitCode = 1;
}
