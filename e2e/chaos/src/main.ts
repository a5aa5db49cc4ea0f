import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endServersLeftBehind, ownServersFolder } from '../../../tools/servers/left-behind.mjs';
import { FAULTS } from './faults/faults.ts';
import { USAGE, WrongOptions, readOptions } from './run/options.ts';
import type { ChaosOptions } from './run/options.ts';
import { linesOf, summaryOf } from './run/run-report.ts';
import type { RunReport } from './run/run-report.ts';
import { runSeed } from './run/run-seed.ts';
import type { RunOptions } from './run/run-seed.ts';
import { runScenario } from './scenarios/scenarios.ts';
import { CannotPlant, PLANTS, checkPlants, plantBug } from './system/plants.ts';
import { ROOT, copyPrograms } from './system/programs.ts';
import { startPrivateServers } from './system/private-servers.ts';
import type { PrivateServers } from './system/private-servers.ts';
import { killRunningServices } from './system/service-process.ts';

const PURPOSE = 'chaos';
/** With a bug in it the dust may never settle; what lies about by then is evidence enough. */
const PLANT_PATIENCE = { settleWithinMs: 20_000, looksMax: 4 };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), Date.now());
  if (options === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  endServersLeftBehind(PURPOSE);
  const folder = join(ROOT, '.onepoint/chaos', runName());
  mkdirSync(folder, { recursive: true });
  say(`starting a private MariaDB and RabbitMQ; everything is kept in ${folder}`);
  const servers = await startPrivateServers(ownServersFolder(PURPOSE));
  endOnSignal(servers);
  try {
    if (options.scenario !== null) {
      const programs = copyPrograms(folder);
      return (await runScenario({ options, folder, programs, servers, say })) ? 0 : 1;
    }
    return options.plant === null
      ? await runSeeds(options, folder, servers)
      : await runPlants(options, folder, servers);
  } finally {
    await servers.stop();
  }
}

async function runSeeds(
  options: ChaosOptions,
  folder: string,
  servers: PrivateServers,
): Promise<number> {
  const programs = copyPrograms(folder);
  const reports: RunReport[] = [];
  for (let seed = options.seed; seed < options.seed + options.seeds; seed += 1) {
    const faults = options.faults ?? Object.keys(FAULTS);
    const report = await runSeed({ ...options, faults, seed, folder, programs, servers });
    for (const line of linesOf(report)) say(line);
    reports.push(report);
  }
  for (const line of ['', ...summaryOf(reports)]) say(line);
  return reports.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

/** Each plant must be found, by a promise that it breaks; seeds are tried until one finds it. */
async function runPlants(
  options: ChaosOptions,
  folder: string,
  servers: PrivateServers,
): Promise<number> {
  const asked = options.plant ?? '';
  const names = asked === 'all' ? Object.keys(PLANTS) : asked.split(',');
  // All of them before the first: nobody should wait minutes to hear that the last cannot be planted.
  const migrations = copyPrograms(folder);
  checkPlants(migrations, names);
  const missed: string[] = [];
  for (const name of names) {
    const startedAt = performance.now();
    const own = join(folder, name);
    const programs = copyPrograms(own);
    const plant = plantBug(programs, name);
    const patience = PLANT_PATIENCE;
    const run = { faults: plant.faults, ...given(options), patience, migrations };
    let found: string[] = [];
    let seed = options.seed;
    for (; found.length === 0 && seed < options.seed + options.seeds; seed += 1) {
      const report = await runSeed({ ...options, ...run, seed, folder: own, programs, servers });
      found = [...new Set(report.violations.map(({ promise, rule }) => `${promise} ${rule}`))];
      if (!found.some((each) => plant.breaks.includes(each.split(' ')[0]!))) found = [];
    }
    if (found.length === 0) missed.push(name);
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    say(`${name} (${seconds} s): ${plant.what}`);
    say(found.length === 0 ? '  NOT FOUND' : `  found by seed ${seed - 1}: ${found.join('; ')}`);
  }
  say(`${names.length} planted, ${names.length - missed.length} found`);
  return missed.length === 0 ? 0 : 1;
}

const given = ({ faults }: ChaosOptions): Partial<Pick<RunOptions, 'faults'>> =>
  faults === null ? {} : { faults };

/** A Ctrl-C leaves nothing behind. */
function endOnSignal(servers: PrivateServers): void {
  const end = (): void => {
    void servers.stop().finally(() => {
      // Last: one that ends by itself is started again.
      killRunningServices();
      process.exit(130);
    });
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function runName(): string {
  return new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 14);
}

process.exitCode = await main().catch((error: unknown) => {
  const isClear = error instanceof WrongOptions || error instanceof CannotPlant;
  const text = error instanceof Error && !isClear ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  return 2;
});
