import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { percentile } from './figures.ts';
import { play } from './stage.ts';
import type { Checks, Scenario } from './stage.ts';
import { cancel, idsOf, save, use } from './till.ts';

const CLIENTS = 3;
const LASTS_MS = 10_000;
const USE_BUDGET_MS = 610;
/** What the own database and a busy machine may add to the budget. */
const BEYOND_BUDGET_MS = 400;

interface Case {
  readonly label: string;
  readonly name: string;
  readonly meanMs: number;
  readonly hasBreaker: boolean;
}

const CASES: readonly Case[] = [
  { label: 'breaker_on', name: '400 ± 220 ms, with', meanMs: 400, hasBreaker: true },
  { label: 'breaker_off', name: '400 ± 220 ms, without', meanMs: 400, hasBreaker: false },
  { label: 'breaker_on_slow', name: '900 ± 220 ms, with', meanMs: 900, hasBreaker: true },
  { label: 'breaker_off_slow', name: '900 ± 220 ms, without', meanMs: 900, hasBreaker: false },
];

/** So long that neither the budgets nor the breakers ever act. */
const OFF = {
  DEAL_USE_BUDGET_MS: '10000',
  DEAL_DIRECT_BUDGET_MS: '10000',
  DEAL_PENDING_MAX_MS: '15000',
};

/**
 * P7: the seed's experiment. Three clients for ten seconds, Point's answers late, with the time budget
 * and breaker and without.
 */
export const seedBreaker: Scenario = async (stage) => {
  const rows: string[] = [];
  let isAllGood = true;
  for (const each of CASES) {
    stage.say(`Point answers after ${each.name} breaker`);
    const env = each.hasBreaker ? {} : OFF;
    const isGood = await play(stage, each.label, { env }, async (desk, checks) => {
      rows.push(...(await experiment(each, desk, checks)));
    });
    isAllGood &&= isGood;
  }
  for (const line of [HEADER, RULE, ...rows]) stage.say(line);
  return isAllGood;
};

async function experiment(each: Case, desk: Desk, checks: Checks): Promise<string[]> {
  const { point } = desk.system.lines;
  point.disturb({ kind: 'delay', meanMs: each.meanMs, spreadMs: 220 });
  const attempts = await tradeFor(desk);
  point.lift();
  const uses = attempts.filter(({ intent }) => intent === 'use');
  const others = attempts.filter(({ intent }) => intent !== 'use');
  const lost = others.filter(({ end }) => end !== 'ok').length;
  checks.expect('saves and cancels lost', lost === 0, lost);
  if (each.hasBreaker) {
    const longest = Math.max(...uses.map(({ tookMs }) => tookMs));
    const most = USE_BUDGET_MS + BEYOND_BUDGET_MS;
    checks.expect(`no use took longer than ${most} ms`, longest <= most, `${longest} ms`);
  }
  return [rowOf(each.name, 'use', uses), rowOf(each.name, 'save, cancel', others)];
}

async function tradeFor(desk: Desk): Promise<Attempt[]> {
  const until = performance.now() + LASTS_MS;
  const made: Attempt[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const member = desk.world.members[client]!;
      while (performance.now() < until) {
        const saved = await save(desk, member);
        made.push(saved, await use(desk, member));
        for (const id of idsOf([saved])) made.push(await cancel(desk, id));
      }
    }),
  );
  return made;
}

const HEADER = '| Point late by, breaker | requests | asked | available | p50 | p99 | longest |';
const RULE = '|---|---|---|---|---|---|---|';

function rowOf(name: string, what: string, attempts: readonly Attempt[]): string {
  const took = attempts.map(({ tookMs }) => tookMs);
  const at = (share: number): string => `${percentile(took, share).toFixed(0)} ms`;
  const good = attempts.filter(({ end }) => end === 'ok').length;
  const share = `${((good / Math.max(attempts.length, 1)) * 100).toFixed(1)} %`;
  return `| ${[name, what, attempts.length, share, at(0.5), at(0.99), at(1)].join(' | ')} |`;
}
