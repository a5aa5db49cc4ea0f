// What it takes to carry a rate of deals, by the costs that `npm run bench -- --json` measured.
//   npm run bench:capacity -- --from bench.json [--deals-per-second 50000] [--members 100000000]
//     [--average-share 0.25] [--busy 0.6] [--bytes-per-member 1500] [--database-cores 32]
//     [--broker-copies 3] [--markdown]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { capacityOf } from './capacity/capacity-model.ts';
import { capacityTables } from './capacity/capacity-text.ts';
import type { BenchReport } from './report/bench-report.ts';
import { markdownTable, textTable } from './report/text-table.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    'deals-per-second': { type: 'string', default: '50000' },
    members: { type: 'string', default: '100000000' },
    'average-share': { type: 'string', default: '0.25' },
    busy: { type: 'string', default: '0.6' },
    // A member's row with its sealed fields, its account, its two rows in the read model, and their indexes.
    'bytes-per-member': { type: 'string', default: '1500' },
    'database-cores': { type: 'string', default: '32' },
    'broker-copies': { type: 'string', default: '3' },
    markdown: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (values.from === undefined) {
  say('which report? npm run bench -- --only S3,S4 --json bench.json, then --from bench.json');
  process.exitCode = 1;
} else {
  const report = JSON.parse(readFileSync(values.from, 'utf8')) as BenchReport;
  const demand = {
    dealsPerSecond: Number(values['deals-per-second']),
    members: Number(values.members),
    averageShare: Number(values['average-share']),
    busyMax: Number(values.busy),
    bytesPerMember: Number(values['bytes-per-member']),
    databaseCores: Number(values['database-cores']),
    brokerCopies: Number(values['broker-copies']),
  };
  for (const { title, head, rows } of capacityTables(capacityOf(report, demand), demand)) {
    const right = head.map((_, at) => (at === 0 ? 'left' : 'right'));
    const lines = values.markdown ? markdownTable(head, rows) : textTable(head, rows, right);
    for (const line of [title, ...(values.markdown ? [''] : []), ...lines, '']) say(line);
  }
}
