import { parseArgs } from 'node:util';
import { FAULTS } from '../faults/faults.ts';
import { PLANTS } from '../system/plants.ts';
import { SEED_MAX } from './dice.ts';

/** What was asked for. */
export interface ChaosOptions {
  readonly scenario: string | null;
  readonly seed: number;
  readonly seeds: number;
  readonly seconds: number;
  /** null: all of them, or those of what is planted. */
  readonly faults: readonly string[] | null;
  readonly replicas: number;
  readonly clients: number;
  readonly keep: boolean;
  readonly plant: string | null;
  readonly overloadSeconds: number;
  /** The generator of the overload has half of the cores to itself. */
  readonly ownCores: boolean;
}

/** Something on the command line is wrong; the message says what. */
export class WrongOptions extends Error {
  override readonly name = 'WrongOptions';
}

/** So many are tried until one finds what is planted. */
const SEEDS_TO_FIND = '5';

export const USAGE = `npm run test:chaos -- [scenario] [options]

Runs OnePoint in processes of its own on a private MariaDB and RabbitMQ, breaks things by seed while
clients work, and then compares every answer they got with all five databases (docs/reliability.md).

  --seed N        the first seed (default: by the clock)      --seeds K     how many (default 1; 5 for plants)
  --seconds S     of faults for each seed (default 20)        --replicas R  of deal and point (default 2)
  --faults a,b    only these; "none" for none                 --clients C   at work at once (default 10)
  --plant name    plant a bug: the run must find it           --keep        leave the databases
  --overload-seconds S   how long the scenario overload lasts (default 60)
  --own-cores            its generator gets half of the cores, the system the other half (taskset)
  faults: ${Object.keys(FAULTS).join(' ')}
  plants: ${Object.keys(PLANTS).join(' ')}; a,b for some, "all" for all
  scenarios: member-alone cancel-flood seed-breaker overload clawback withdrawal
`;

/** Reads the command line. Throws {@link WrongOptions}; null when help was asked for. */
export function readOptions(words: readonly string[], nowMs: number): ChaosOptions | null {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      seconds: { type: 'string', default: '20' },
      faults: { type: 'string' },
      replicas: { type: 'string', default: '2' },
      clients: { type: 'string', default: '10' },
      plant: { type: 'string' },
      'overload-seconds': { type: 'string', default: '60' },
      'own-cores': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const plant = values.plant ?? null;
  return {
    scenario: positionals[0] ?? null,
    seed: within('seed', values.seed ?? String((nowMs % 1_000_000) + 1), SEED_MAX),
    seeds: within('seeds', values.seeds ?? (plant === null ? '1' : SEEDS_TO_FIND), 1_000),
    seconds: within('seconds', values.seconds, 3_600),
    replicas: within('replicas', values.replicas, 2),
    clients: within('clients', values.clients, 200),
    faults: values.faults === undefined ? null : listOf(values.faults),
    keep: values.keep,
    overloadSeconds: within('overload-seconds', values['overload-seconds'], 600),
    ownCores: values['own-cores'],
    plant,
  };
}

function listOf(text: string): string[] {
  return text === 'none' ? [] : text.split(',').filter((name) => name !== '');
}

function within(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new WrongOptions(`--${name} is a whole number from 1 to ${most}, not ${text}`);
}
