import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { breachesRoot, root } from './planted.ts';

const execute = promisify(execFile);
const outputBytesMax = 64 * 1024 * 1024;

/** What one checker found: for each file, the rules that it breaks. */
export type Verdicts = ReadonlyMap<string, readonly string[]>;

/** What eslint says: its own rules, the Nx rule as if the file lay in the real tree, and how severe each rule is. */
export interface EslintVerdicts {
  readonly rulesBroken: Verdicts;
  readonly boundariesBroken: Verdicts;
  readonly severities: Readonly<Record<string, readonly number[]>>;
}

interface CruiseReport {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** The real dependency-cruiser with the real rules, over the tree of breaches. */
export async function cruiseBreaches(): Promise<Verdicts> {
  const words = ['--config', `${root}/.dependency-cruiser.mjs`, '--output-type', 'json'];
  const onlyHere = ['--do-not-follow', String.raw`^\.\./|node_modules`];
  const program = `${root}/node_modules/dependency-cruiser/bin/dependency-cruiser.mjs`;
  const report = (await answer(program, [...words, ...onlyHere, '.'])) as CruiseReport;
  const verdicts = new Map<string, string[]>();
  for (const { from, rule } of report.summary.violations) {
    verdicts.set(from, [...(verdicts.get(from) ?? []), rule.name]);
  }
  return verdicts;
}

/** The real eslint with the real configuration, over these files of the tree of breaches. */
export async function lintBreaches(files: readonly string[]): Promise<EslintVerdicts> {
  const report = (await answer(`${root}/tools/fences/eslint-verdicts.mjs`, files)) as {
    rulesBroken: Record<string, string[]>;
    boundariesBroken: Record<string, string[]>;
    severities: Record<string, number[]>;
  };
  return {
    rulesBroken: new Map(Object.entries(report.rulesBroken)),
    boundariesBroken: new Map(Object.entries(report.boundariesBroken)),
    severities: report.severities,
  };
}

async function answer(program: string, words: readonly string[]): Promise<unknown> {
  const { stdout } = await execute(process.execPath, [program, ...words], {
    cwd: breachesRoot,
    maxBuffer: outputBytesMax,
  });
  return JSON.parse(stdout) as unknown;
}
