import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { counted, percentile } from './figures.ts';
import { play } from './stage.ts';
import type { Checks, Scenario } from './stage.ts';
import { cancel, idsOf, save, use } from './till.ts';
import { watchBreaker } from './watch-breaker.ts';
import type { OpenTimes } from './watch-breaker.ts';

const CLIENTS = 3;
const LASTS_MS = 10_000;
/**
 * Uses mostly, as at tills: the breaker asks for twenty calls in ten seconds, and three clients that
 * wait out a save's, a use's and a cancel's budget in turn make no more than 24 uses.
 */
const USES_PER_SAVE = 3;
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
  const watched = watchBreaker(desk);
  const attempts = await tradeFor(desk);
  const open = await watched.stop();
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
  checkBreaker(each, open, checks);
  const saves = others.filter(({ intent }) => intent === 'save');
  const cancels = others.filter(({ intent }) => intent === 'cancelById');
  return [
    rowOf(each.name, 'use', uses, open.openMs.get('use') ?? 0),
    rowOf(each.name, 'save', saves, open.openMs.get('save') ?? 0),
    rowOf(each.name, 'cancel', cancels, open.openMs.get('saveCancel') ?? 0),
  ];
}

async function tradeFor(desk: Desk): Promise<Attempt[]> {
  const until = performance.now() + LASTS_MS;
  const made: Attempt[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const member = desk.world.members[client]!;
      while (performance.now() < until) {
        const saved = await save(desk, member);
        made.push(saved);
        for (const _each of counted(USES_PER_SAVE)) made.push(await use(desk, member));
        for (const id of idsOf([saved])) made.push(await cancel(desk, id));
      }
    }),
  );
  return made;
}

/** A Point that is later than the budget must be found out within the experiment. */
function checkBreaker({ meanMs, hasBreaker }: Case, open: OpenTimes, checks: Checks): void {
  const first = open.firstAfterMs.get('use');
  const seen = first === undefined ? 'never' : `after ${(first / 1_000).toFixed(1)} s`;
  const mustOpen = hasBreaker && meanMs > USE_BUDGET_MS;
  const isRight = hasBreaker ? !mustOpen || first !== undefined : open.openMs.size === 0;
  checks.expect('the breaker for uses opened', isRight, seen);
}

const HEADER =
  '| Point late by, breaker | requests | asked | available | p50 | p99 | longest | breaker open |';
const RULE = '|---|---|---|---|---|---|---|---|';

function rowOf(name: string, what: string, attempts: readonly Attempt[], openMs: number): string {
  const took = attempts.map(({ tookMs }) => tookMs);
  const at = (share: number): string => `${percentile(took, share).toFixed(0)} ms`;
  const good = attempts.filter(({ end }) => end === 'ok').length;
  const share = `${((good / Math.max(attempts.length, 1)) * 100).toFixed(1)} %`;
  return `| ${[name, what, attempts.length, share, at(0.5), at(0.99), at(1), `${(openMs / 1_000).toFixed(1)} s`].join(' | ')} |`;
}
