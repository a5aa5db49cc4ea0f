import { parseArgs } from 'node:util';
import { goalIds } from './report/bench-report.ts';
import type { GoalId } from './report/bench-report.ts';
import type { BenchOptions } from './measures/options.ts';

/** What `npm run bench` was asked to do. */
export type BenchOrder =
  | { readonly do: 'compare'; readonly a: string; readonly b: string }
  | { readonly do: 'measure'; readonly options: BenchOptions; readonly json: string | null };

/** The command line cannot be carried out. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
}

/** Large sizes take long and much disk: they are filled when they are asked for. */
const LARGE: readonly GoalId[] = ['S5', 'S8'];

const USUAL = {
  ...{ seconds: '10', 'warm-seconds': '90', rounds: '3', clients: '1,16,64,128' },
  ...{ members: '10000', 's3-seconds': '30' },
  ...{ events: '300000', lines: '1000000', 's5-deals': '100000,5000000' },
  ...{ 's8-members': '1000000', 's8-deals': '10000000', 'buffer-pool': '8192' },
} as const;
/** Shows in a few minutes that everything works. */
const QUICK: typeof USUAL | Record<keyof typeof USUAL, string> = {
  ...{ seconds: '2', 'warm-seconds': '2', rounds: '1', clients: '1,64' },
  ...{ members: '1000', 's3-seconds': '3' },
  ...{ events: '10000', lines: '20000', 's5-deals': '2000,20000' },
  ...{ 's8-members': '20000', 's8-deals': '50000', 'buffer-pool': '1024' },
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/**
 * Reads the command line.
 *
 * @throws OrderRefused
 */
export function readOrder(args: readonly string[], say: (line: string) => void): BenchOrder {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ seconds: text, rounds: text, clients: text, members: text, 's3-seconds': text },
      ...{ events: text, lines: text, 's5-deals': text, 's8-members': text, 's8-deals': text },
      ...{ 'warm-seconds': text, 'buffer-pool': text, only: text, json: text },
      ...{ all: flag, quick: flag, compare: flag },
    },
  });
  if (values.compare) {
    const [a, b] = positionals;
    if (a === undefined || b === undefined) throw new OrderRefused('--compare a.json b.json');
    return { do: 'compare', a, b };
  }
  const usual = values.quick ? QUICK : USUAL;
  const textOf = (name: keyof typeof USUAL): string => values[name] ?? usual[name];
  const one = (name: keyof typeof USUAL): number => wholeNumber(name, textOf(name));
  const many = (name: keyof typeof USUAL): number[] =>
    textOf(name)
      .split(',')
      .map((each) => wholeNumber(name, each));
  const [few = 1, most = 1] = many('s5-deals');
  return {
    do: 'measure',
    json: values.json ?? null,
    options: {
      ...{ seconds: one('seconds'), warmSeconds: one('warm-seconds'), rounds: one('rounds') },
      clients: many('clients'),
      ...{ members: one('members'), s3Seconds: one('s3-seconds'), events: one('events') },
      ...{ lines: one('lines'), s5Deals: [few, most] as const, s8Members: one('s8-members') },
      ...{ s8Deals: one('s8-deals'), bufferPoolMiB: one('buffer-pool'), say },
      wanted: wantedOf(values.only, values.all || values.quick),
    },
  };
}

function wantedOf(only: string | undefined, all: boolean): ReadonlySet<GoalId> {
  if (only === undefined) return new Set(goalIds.filter((id) => all || !LARGE.includes(id)));
  return new Set(
    only.split(',').map((name) => {
      const id = goalIds.find((each) => each === name.trim().toUpperCase());
      if (id === undefined) throw new OrderRefused(`there is no goal ${name}`);
      return id;
    }),
  );
}

function wholeNumber(name: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) {
    throw new OrderRefused(`--${name} is a whole number from 1, not ${given}`);
  }
  return value;
}
