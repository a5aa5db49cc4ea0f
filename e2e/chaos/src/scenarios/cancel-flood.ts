import { setTimeout as wait } from 'node:timers/promises';
import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { counted, inParallel, percentile, statusesOf, tookOf } from './figures.ts';
import { play } from './stage.ts';
import type { Checks, Scenario } from './stage.ts';
import { cancel, idsOf, save, use } from './till.ts';

const CANCELS = 5_000;
const BESIDE = 2_500;
const TILLS = 32;
const WINDOW_MS = 4_000;
const WINDOWS = 5;
const CANCELS_PER_SECOND = 120;

/** P6 and P7: a flood of cancels while Point is gone, and uses beside a flood while it is there. */
export const cancelFlood: Scenario = (stage) =>
  play(stage, 'cancel_flood', { isStraight: true }, async (desk, checks) => {
    const saves = await makeDeals(desk, CANCELS + BESIDE);
    await usesBeside(desk, saves.slice(CANCELS), checks);
    const point = desk.system.of('point')[0]!;
    await point.kill();
    const startedAt = performance.now();
    const cancels = await inParallel(saves.slice(0, CANCELS), TILLS, (id) => cancel(desk, id));
    const perSecond = Math.round((CANCELS / (performance.now() - startedAt)) * 1_000);
    const accepted = cancels.filter(({ status }) => status === 201).length;
    checks.expect(
      'cancels accepted while Point is dead',
      accepted === CANCELS,
      statusesOf(cancels),
    );
    checks.expect('a cancel took', true, `${tookOf(cancels)}, ${perSecond}/s`);
    await point.start();
  });

async function makeDeals(desk: Desk, count: number): Promise<number[]> {
  const members = desk.world.members;
  const made = await inParallel(counted(count), TILLS, (number) =>
    save(desk, members[number % members.length]!),
  );
  return idsOf(made);
}

/**
 * Windows without and with the flood in turn, and of their ratios the one in the middle: a machine that
 * is busy with something else for a while spoils one of them and not the figure.
 */
async function usesBeside(desk: Desk, saves: readonly number[], checks: Checks): Promise<void> {
  const calm: Attempt[] = [];
  const flooded: Attempt[] = [];
  const cancels: Attempt[] = [];
  const ratios: number[] = [];
  const perWindow = Math.floor(saves.length / WINDOWS);
  for (let window = 0; window < WINDOWS; window += 1) {
    const without = await usesFor(desk, WINDOW_MS);
    const own = saves.slice(window * perWindow, (window + 1) * perWindow);
    const flood = cancelAtRate(desk, own);
    const beside = await usesFor(desk, WINDOW_MS);
    cancels.push(...(await flood));
    calm.push(...without);
    flooded.push(...beside);
    ratios.push(p99Of(beside) / p99Of(without));
  }
  const tell = (what: string, made: readonly Attempt[]): void => {
    checks.expect(what, areOk(made), `${statusesOf(made)}; ${tookOf(made)}`);
  };
  tell('uses without the flood', calm);
  tell('uses beside the flood', flooded);
  tell('cancels of the flood', cancels);
  const middle = percentile(ratios, 0.5);
  const all = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  checks.expect('p99 of uses with ÷ without (promised: at most 2)', middle <= 2, all);
}

function cancelAtRate(desk: Desk, dealIds: readonly number[]): Promise<Attempt[]> {
  return Promise.all(
    dealIds.map(async (id, place) => {
      await wait((place / CANCELS_PER_SECOND) * 1_000);
      return cancel(desk, id);
    }),
  );
}

const p99Of = (attempts: readonly Attempt[]): number =>
  percentile(
    attempts.map(({ tookMs }) => tookMs),
    0.99,
  );

const areOk = (attempts: readonly Attempt[]): boolean => attempts.every(({ end }) => end === 'ok');

async function usesFor(desk: Desk, ms: number): Promise<Attempt[]> {
  const until = performance.now() + ms;
  const made: Attempt[] = [];
  await Promise.all(
    [0, 1, 2, 3].map(async (till) => {
      while (performance.now() < until) {
        made.push(await use(desk, desk.world.members[till]!));
        await wait(15);
      }
    }),
  );
  return made;
}
