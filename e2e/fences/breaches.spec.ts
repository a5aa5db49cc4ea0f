import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { projectConstraints } from '../../tools/lint/project-constraints.mjs';
import { cruiseBreaches, lintBreaches } from './checkers.ts';
import type { EslintVerdicts, Verdicts } from './checkers.ts';
import { plantedFiles, root } from './planted.ts';

const checkersWithinMs = 120_000;
const planted = plantedFiles();
const breaches = planted.filter(({ breaks }) => breaks.length > 0);
/** It is judged by the other names: every breach lies in e2e here. */
const nxRule = '@nx/enforce-module-boundaries';

/** Rules that dependency-cruiser is configured with. */
async function cruiserRules(): Promise<readonly { name: string; severity: string }[]> {
  const configuration = (await import(`${root}/.dependency-cruiser.mjs`)) as {
    default: { forbidden: { name: string; severity: string }[] };
  };
  return configuration.default.forbidden;
}

/** The Nx rule tells circles before it looks at tags, and a lib that imports upwards closes one. */
function nxVerdict(message: string): string {
  if (message.startsWith('Circular dependency')) return 'nx/circular';
  if (message.startsWith('Projects cannot be imported by a relative')) return 'nx/by-path';
  return `nx/${/tagged with "([^"]+)" can/.exec(message)?.[1] ?? message}`;
}

/** A kind of project that does not exist yet cannot be judged by Nx; its breach waits for it. */
const isJudged = (verdict: string): boolean =>
  verdict !== 'nx/type:bench' || existsSync(`${root}/bench/tsconfig.json`);

describe('the fences', () => {
  let cruised: Verdicts;
  let linted: EslintVerdicts;

  beforeAll(async () => {
    const files = planted.map(({ file }) => file);
    [cruised, linted] = await Promise.all([cruiseBreaches(), lintBreaches(files)]);
  }, checkersWithinMs);

  function refusals(file: string): string[] {
    const eslint = linted.rulesBroken.get(file) ?? ['did not look at it'];
    return [
      ...(cruised.get(file) ?? []).map((rule) => `depcruise/${rule}`),
      ...eslint.filter((rule) => rule !== nxRule).map((rule) => `eslint/${rule}`),
      ...(linted.boundariesBroken.get(file) ?? []).map(nxVerdict),
    ];
  }

  it.each(breaches)('refuse $file', ({ file, breaks }) => {
    expect(new Set(refusals(file))).toEqual(new Set(breaks.filter(isJudged)));
  });

  it('let everything pass that breaks nothing', () => {
    const scenery = planted.filter(({ breaks }) => breaks.length === 0);
    expect(scenery.length).toBeGreaterThan(10);
    expect(scenery.filter(({ file }) => refusals(file).length > 0)).toEqual([]);
  });

  it('have a planted breach for every import rule, and each rule is an error', async () => {
    const rules = await cruiserRules();
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter(({ severity }) => severity !== 'error')).toEqual([]);
    const untried = rules.filter(({ name }) => !isPlanted(`depcruise/${name}`));
    expect(untried).toEqual([]);
  });

  it('have a planted breach for every lint rule, and each rule is an error', () => {
    const rules = Object.keys(linted.severities);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => linted.severities[rule]?.includes(1))).toEqual([]);
    expect(rules.filter((rule) => rule !== nxRule && !isPlanted(`eslint/${rule}`))).toEqual([]);
  });

  it('have a planted breach for every kind of project', () => {
    // What is deployed may know every app and lib, and nothing else has a name to be imported by.
    const limited = projectConstraints.filter(({ sourceTag }) => sourceTag !== 'type:deploy');
    expect(limited.filter(({ sourceTag }) => !isPlantedForTag(sourceTag))).toEqual([]);
  });
});

function isPlanted(verdict: string): boolean {
  return breaches.some(({ breaks }) => breaks.includes(verdict));
}

function isPlantedForTag(tag: string): boolean {
  const lib = `libs/${tag.replace('lib:', '')}/`;
  const closesCircle = breaches.some(
    ({ file, breaks }) => file.startsWith(lib) && breaks.includes('nx/circular'),
  );
  return isPlanted(`nx/${tag}`) || closesCircle;
}
