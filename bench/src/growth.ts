// How speed changes with size, with hot spots, with replicas and with time, on servers of its own.
//   npm run bench:growth -- [--quick] [--only sizes,hot,replicas,memory] [--clients 64] [--seconds 10] [--rounds 3]
//     [--warm-seconds 30] [--members 10000,100000,1000000] [--deals 100000,1000000,10000000] [--replicas 1,2,3]
//     [--minutes 5] [--queries 300] [--buffer-pool 8192] [--json file] [--charts docs/charts]
//   npm run bench:growth -- --from growth.json [--charts docs/charts]     draws what was measured before
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withCleanUp } from './clean-up.ts';
import { growingSizes } from './growth/growing-sizes.ts';
import { growthCharts } from './growth/growth-charts.ts';
import type { GrowthReport } from './growth/growth-report.ts';
import { growthText } from './growth/growth-text.ts';
import { hotSpots } from './growth/hot-spots.ts';
import { memoryOverTime } from './growth/memory-over-time.ts';
import { moreReplicas } from './growth/more-replicas.ts';
import { growthParts } from './growth/options.ts';
import type { GrowthOptions, GrowthPart, GrowthPlace } from './growth/options.ts';
import { thisMachine } from './machine.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    ...{ only: text, clients: text, seconds: text, rounds: text, members: text, deals: text },
    ...{ replicas: text, minutes: text, queries: text, 'buffer-pool': text },
    'warm-seconds': text,
    ...{ json: text, charts: text, from: text },
    quick: { type: 'boolean', default: false },
  },
});
const usual = values.quick
  ? { seconds: '2', rounds: '1', members: '1000,5000', deals: '2000,20000', minutes: '0.3' }
  : { seconds: '10', rounds: '3', members: '10000,100000,1000000' };
const numbers = (list: string): number[] => list.split(',').map(Number);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const options: GrowthOptions = {
  wanted: new Set(growthParts.filter((part) => values.only?.split(',').includes(part) ?? true)),
  clients: Number(values.clients ?? 64),
  seconds: Number(values.seconds ?? usual.seconds),
  warmSeconds: Number(values['warm-seconds'] ?? (values.quick ? 2 : 30)),
  rounds: Number(values.rounds ?? usual.rounds),
  members: numbers(values.members ?? usual.members),
  deals: numbers(values.deals ?? usual.deals ?? '100000,1000000,10000000'),
  replicas: numbers(values.replicas ?? '1,2,3'),
  minutes: Number(values.minutes ?? usual.minutes ?? 5),
  queries: Number(values.queries ?? (values.quick ? 50 : 300)),
  bufferPoolMiB: Number(values['buffer-pool'] ?? (values.quick ? 1_024 : 8_192)),
  say,
};

const report = values.from === undefined ? await measure() : reportIn(values.from);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
if (values.charts !== undefined) draw(values.charts);
say('');
for (const line of growthText(report)) say(line);

/** Part after part, each on servers of its own that are gone afterwards. */
async function measure(): Promise<GrowthReport> {
  const part = async <Found>(
    name: GrowthPart,
    none: Found,
    find: (place: GrowthPlace) => Promise<Found>,
  ): Promise<Found> =>
    options.wanted.has(name) ? withCleanUp((stops) => find({ stops, options })) : none;
  const { wanted, members, deals, replicas, say: _, ...settings } = options;
  return {
    madeAt: new Date().toISOString(),
    machine: thisMachine(),
    settings: { ...settings, members: members.join(','), only: [...wanted].join(',') },
    spots: await part('hot', [], hotSpots),
    replicas: await part('replicas', [], moreReplicas),
    memory: await part<GrowthReport['memory']>('memory', null, memoryOverTime),
    steps: await part('sizes', [], growingSizes),
  };
}

function reportIn(file: string): GrowthReport {
  return JSON.parse(readFileSync(file, 'utf8')) as GrowthReport;
}

function draw(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, svg] of growthCharts(report)) writeFileSync(join(folder, file), svg);
}
