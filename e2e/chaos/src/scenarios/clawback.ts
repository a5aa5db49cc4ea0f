import { setTimeout as wait } from 'node:timers/promises';
import type { Desk } from '../load/desk.ts';
import type { Attempt, History } from '../load/history.ts';
import { signUp } from '../load/member-desk.ts';
import type { EntryRow } from '../oracle/facts.ts';
import { readFacts } from '../oracle/read-facts.ts';
import { quiesce } from '../run/quiesce.ts';
import { digHole } from './dig-hole.ts';
import { counted, statusesOf } from './figures.ts';
import { storyOf } from './ledger-story.ts';
import { play } from './stage.ts';
import type { Checks, Scenario } from './stage.ts';
import { cancel, idsOf, readPoints, save, use } from './till.ts';

const MEMBERS = 6;
const CALM_MS = 2_500;
const SLOW_MS = 3_000;
const GONE_MS = 2_500;
const PAUSE_MS = 25;

/** Cancels of saves whose points were spent, while uses and later saves go on at the same members. */
export const clawback: Scenario = (stage) =>
  play(stage, 'clawback', {}, async (desk, checks, history) => {
    const signed = await Promise.all(counted(MEMBERS).map(() => signUp(desk)));
    const members = signed.filter((id) => id !== null);
    for (const member of members.slice(0, 2)) await digHole(desk, member, checks);
    const over = new AbortController();
    const [made] = await Promise.all([
      Promise.all(members.map((member) => trouble(desk, member, over.signal))),
      disturb(desk, stage.say).finally(() => over.abort()),
    ]);
    checkAccepted(made.flat(), checks);
    await quiesce(desk.system);
    await checkBooks(desk, members, checks);
    checkShown(history, checks);
  });

/** Point is slow for a while, then gone, then back with everything that it missed. */
async function disturb({ system }: Desk, say: (line: string) => void): Promise<void> {
  await wait(CALM_MS);
  say('Point is slow');
  system.lines.point.disturb({ kind: 'delay', meanMs: 400, spreadMs: 390 });
  await wait(SLOW_MS);
  system.lines.point.lift();
  const point = system.of('point')[0]!;
  await point.kill();
  say('Point is killed');
  await wait(GONE_MS);
  await point.start();
  say('Point is back');
  await wait(CALM_MS);
}

/** Three terminals at one member: one spends all there is, one takes saves back, one saves and looks. */
async function trouble(desk: Desk, member: number, over: AbortSignal): Promise<Attempt[]> {
  const made: Attempt[] = [];
  const spent: number[] = [];
  const keepOn = async (act: () => Promise<void>): Promise<void> => {
    while (!over.aborted) {
      await act();
      await wait(PAUSE_MS);
    }
  };
  await Promise.all([
    keepOn(async () => {
      const saved = await save(desk, member);
      const seen = await readPoints(desk, member);
      const available = Number(seen.answer?.['available'] ?? 1);
      made.push(saved, await use(desk, member, Math.max(available, 1)));
      spent.push(...idsOf([saved]));
    }),
    keepOn(async () => {
      const id = spent.shift();
      if (id !== undefined) made.push(await cancel(desk, id));
    }),
    keepOn(async () => {
      await readPoints(desk, member);
      if (desk.dice.chance(0.2)) made.push(await save(desk, member));
    }),
  ]);
  return made;
}

function checkAccepted(made: readonly Attempt[], checks: Checks): void {
  const of = (...intents: Attempt['intent'][]): Attempt[] =>
    made.filter(({ intent }) => intents.includes(intent));
  const given = of('save', 'cancelById');
  const lost = given.filter(({ status }) => status !== 201).length;
  checks.expect('saves and cancels accepted', lost === 0, statusesOf(given));
  checks.expect('uses meanwhile', true, statusesOf(of('use')));
}

/** Each account's ledger, and what the door shows of it. */
async function checkBooks(desk: Desk, members: readonly number[], checks: Checks): Promise<void> {
  const { databaseUrl, databasePrefix } = desk.system;
  const { entries, accounts } = await readFacts(databaseUrl, databasePrefix);
  const byMember = Map.groupBy(entries, ({ member_id }) => member_id);
  const stories = members.map((member) => storyOf(byMember.get(member) ?? []));
  const sum = (of: (story: (typeof stories)[number]) => number): number =>
    stories.reduce((total, story) => total + of(story), 0);
  const faults = stories.flatMap((story) => story.faults);
  const [clawbacks, fills] = [sum((story) => story.clawbacks), sum((story) => story.fills)];
  const lowest = Math.min(...stories.map((story) => story.lowest));
  checks.expect('clawbacks that went below zero', clawbacks > 0, `${clawbacks}, to ${lowest}`);
  checks.expect('saves that came into a hole', fills > 0, fills);
  const wrong = faults[0] ?? 'none';
  checks.expect('uses beyond the balance, other ways below zero', faults.length === 0, wrong);
  const refused = entries.filter(isRefusedUse).length;
  checks.expect('uses refused for want of points', refused > 0, refused);
  let same = 0;
  for (const member of members) {
    const { answer } = await readPoints(desk, member);
    const balance = accounts.find(({ member_id }) => member_id === member)?.balance;
    if (answer?.['point'] === balance) same += 1;
  }
  checks.expect('accounts shown as they are stored', same === members.length, same);
}

const isRefusedUse = ({ kind, outcome, reason }: EntryRow): boolean =>
  kind === 'use' && outcome === 'refused' && reason === 'INSUFFICIENT_POINTS';

/** In every answer that anybody ever got. */
function checkShown({ attempts }: History, checks: Checks): void {
  const seen = attempts.filter(
    ({ end, answer }) => end === 'ok' && typeof answer?.['available'] === 'number',
  );
  const wrong = seen.filter(
    ({ answer }) => answer?.['available'] !== Math.max(Number(answer?.['point']), 0),
  );
  const below = seen.filter(({ answer }) => Number(answer?.['point']) < 0).length;
  const what = '`available` is the balance, or 0 below zero, in every answer';
  checks.expect(what, wrong.length === 0, `${seen.length} answers, ${below} of them in a hole`);
}
