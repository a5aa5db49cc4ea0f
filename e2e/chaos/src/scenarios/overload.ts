import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Desk } from '../load/desk.ts';
import { ATTEMPTS_MAX } from '../load/history.ts';
import type { Attempt } from '../load/history.ts';
import { droppedConnections } from './dropped-connections.ts';
import { counted, percentile, statusesOf, tookOf } from './figures.ts';
import { giveOwnCores } from './own-cores.ts';
import { play } from './stage.ts';
import type { Checks, Scenario, Stage } from './stage.ts';
import { save, use } from './till.ts';

const MEASURED_MS = 6_000;
const CLIENTS = 48;
const TIMES = 10;
const TICK_MS = 10;
/** Requests that the generator has open at once; one more is not sent. Each costs it a connection. */
const OPEN_MAX = 3_000;
/** The rest of the history is for what comes before and after the flood. */
const OFFERED_MAX = ATTEMPTS_MAX - 50_000;
const RECOVERY_MAX_MS = 5_000;
/** One quick answer may be luck. */
const WELL_TIMES = 10;
const WELL_MS = 500;
const GROWTH_MAX = 1.25;
const BYTES_PER_PAGE = 4_096;

/** P14: ten times what is sustainable, for a minute. */
export const overload: Scenario = (stage) =>
  play(stage, 'overload', { isStraight: true }, async (desk, checks) => {
    const seconds = stage.options.overloadSeconds;
    const shared = stage.options.ownCores ? giveOwnCores(pidsOf(desk, stage)) : null;
    stage.say(shared ?? 'the generator and the system share the cores');
    const perSecond = await sustainableRate(desk);
    // What the history has no room for is not offered, evenly: not all of it at the end.
    const offered = Math.min(perSecond * TIMES, Math.floor(OFFERED_MAX / seconds));
    stage.say(`sustainable here: ${perSecond}/s; offered for ${seconds} s: ${offered}/s`);
    const memory = watchMemory(desk);
    const droppedBefore = droppedConnections();
    const lateness = monitorEventLoopDelay();
    lateness.enable();
    const { attempts, kept } = await offer(desk, offered, seconds * 1_000);
    const sent = Math.round(attempts.length / seconds);
    const most = Math.round(lateness.max / 1e6);
    checks.expect(
      'sent',
      true,
      `${sent}/s, ${kept} kept back; the generator was ${most} ms late at most`,
    );
    const dropped = droppedConnections() - droppedBefore;
    checks.expect('connections dropped on this machine, for nobody took them', true, dropped);
    checkFlood(attempts, memory.stop(), checks);
    await checkRecovery(desk, checks);
  });

function pidsOf({ system }: Desk, { servers }: Stage): number[] {
  const services = [...system.processes.values()].flat().map(({ pid }) => pid);
  return [...services, servers.mariaDb.pid, servers.rabbitMq.pid].filter((pid) => pid !== null);
}

async function sustainableRate(desk: Desk): Promise<number> {
  const until = performance.now() + MEASURED_MS;
  let done = 0;
  await Promise.all(
    counted(CLIENTS).map(async () => {
      while (performance.now() < until) {
        await trade(desk);
        done += 1;
      }
    }),
  );
  return Math.max(Math.round((done / MEASURED_MS) * 1_000), 1);
}

function trade(desk: Desk): Promise<Attempt> {
  const member = desk.dice.pick(desk.world.members);
  return desk.dice.chance(0.5) ? save(desk, member) : use(desk, member);
}

/**
 * An open loop: requests are sent at their time, whether or not those before them are answered. What
 * the generator has no room for is kept back, and counted.
 */
async function offer(
  desk: Desk,
  perSecond: number,
  lastsMs: number,
): Promise<{ attempts: Attempt[]; kept: number }> {
  const attempts: Attempt[] = [];
  const open = new Set<Promise<void>>();
  const startedAt = performance.now();
  let due = 0;
  let sent = 0;
  while (performance.now() - startedAt < lastsMs) {
    const before = due;
    due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (const _each of counted(Math.min(due - before, OPEN_MAX - open.size))) {
      sent += 1;
      const asked = trade(desk).then((attempt) => void attempts.push(attempt));
      open.add(asked);
      void asked.finally(() => open.delete(asked));
    }
    await wait(TICK_MS);
  }
  await Promise.all(open);
  return { attempts, kept: due - sent };
}

function checkFlood(
  attempts: readonly Attempt[],
  growth: readonly { readonly name: string; readonly early: number; readonly late: number }[],
  checks: Checks,
): void {
  const served = attempts.filter(({ end }) => end === 'ok');
  const refused = attempts.filter(({ status }) => status === 503);
  const others = attempts.length - served.length - refused.length;
  checks.expect('answered', true, statusesOf(attempts));
  checks.expect('the served took', true, tookOf(served));
  checks.expect('some are refused early', refused.length > 0, tookOf(refused));
  const half = percentile(
    refused.map(({ tookMs }) => tookMs),
    0.5,
  );
  checks.expect('half of the refusals within 2.5 s', half < 2_500, `${half.toFixed(0)} ms`);
  const told = refused.filter(({ retryAfter }) => Number(retryAfter) >= 1).length;
  checks.expect('refusals that say when to come back', told === refused.length, told);
  checks.expect('neither served nor refused', others === 0, others);
  for (const { name, early, late } of growth) {
    const seen = `${early} → ${late} MB`;
    checks.expect(`memory of ${name} is flat`, late <= early * GROWTH_MAX, seen);
  }
  const own = Math.round(process.memoryUsage.rss() / 1_048_576);
  checks.expect('memory of the load generator', true, `${own} MB`);
}

async function checkRecovery(desk: Desk, checks: Checks): Promise<void> {
  const startedAt = performance.now();
  let well = 0;
  while (well < WELL_TIMES && performance.now() - startedAt < RECOVERY_MAX_MS) {
    const attempt = await use(desk, desk.world.members[0]!);
    well = attempt.end === 'ok' && attempt.tookMs < WELL_MS ? well + 1 : 0;
  }
  const tookMs = Math.round(performance.now() - startedAt);
  const what = `${WELL_TIMES} uses on end are served as ever after`;
  checks.expect(what, well === WELL_TIMES, `${tookMs} ms`);
}

/** Resident memory of Deal and Point: the most of the first third against the most of the last. */
function watchMemory(desk: Desk) {
  const watched = [...desk.system.of('deal'), ...desk.system.of('point')];
  const samples = watched.map((): number[] => []);
  const timer = setInterval(() => {
    for (const [place, { pid }] of watched.entries()) {
      if (pid === null) continue;
      const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
      samples[place]!.push(Math.round((Number(pages) * BYTES_PER_PAGE) / 1_048_576));
    }
  }, 500);
  return {
    stop: () => {
      clearInterval(timer);
      return watched.map(({ options }, place) => {
        const own = samples[place]!;
        const third = Math.ceil(own.length / 3);
        const most = (part: readonly number[]): number => Math.max(...part);
        return {
          name: options.name,
          early: most(own.slice(0, third)),
          late: most(own.slice(-third)),
        };
      });
    },
  };
}
