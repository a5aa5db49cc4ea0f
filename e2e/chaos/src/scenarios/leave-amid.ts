import { setTimeout as wait } from 'node:timers/promises';
import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { counted, statusesOf, tookOf } from './figures.ts';
import { newMembers, untilServed } from './leavers.ts';
import type { Checks } from './stage.ts';
import { leave, save, use } from './till.ts';

const MEMBERS = 12;
const SAVES = 2;
const POINTS = 300;
/** A withdrawal comes when the use is on its way, and long before its budget (610 ms) is over. */
const LEAVES_AFTER_MS = 120;
/** From the answers of the uses to when Point may go on: that they have failed is long told then. */
const LONGER_MS = 1_000;

/** Point is gone: saves are accepted all the same, uses fail at once, and everybody leaves. */
export async function leaveWithSavesDeferred(desk: Desk, checks: Checks): Promise<number[]> {
  const members = await newMembers(desk, MEMBERS);
  const point = desk.system.of('point')[0]!;
  await point.kill();
  const made = await Promise.all(
    members
      .flatMap((member) =>
        desk.dice.shuffled([
          ...counted(SAVES).map(() => () => save(desk, member)),
          () => use(desk, member),
          () => leave(desk, member),
        ]),
      )
      .map((act) => act()),
  );
  await point.start();
  const saves = of(made, 'save');
  const deferred = saves.filter(({ answer }) => answer?.['pointStatus'] === 'deferred');
  checks.expect('saves accepted and deferred', deferred.length === saves.length, statusesOf(saves));
  checkRest(made, checks);
  return members;
}

/** Point is frozen with the uses in its sockets, and goes on when they have long been given up. */
export async function leaveWithUsesFrozen(desk: Desk, checks: Checks): Promise<number[]> {
  const members = await newMembers(desk, MEMBERS);
  await untilServed(desk);
  const point = desk.system.of('point')[0]!;
  point.freeze();
  try {
    checkRest(await useAndLeave(desk, members), checks);
  } finally {
    point.thaw();
  }
  return members;
}

/** Point debits, and nobody hears of it: what is given back comes to accounts that are closed. */
export async function leaveWithUsesLost(desk: Desk, checks: Checks): Promise<number[]> {
  const members = await newMembers(desk, MEMBERS);
  await untilServed(desk);
  const { point } = desk.system.lines;
  point.disturb({ kind: 'dropAnswers', share: 1 });
  try {
    checkRest(await useAndLeave(desk, members), checks);
  } finally {
    point.lift();
  }
  return members;
}

async function useAndLeave(desk: Desk, members: readonly number[]): Promise<Attempt[]> {
  const made = await Promise.all(
    members.flatMap((member) => [
      use(desk, member, POINTS),
      wait(LEAVES_AFTER_MS).then(() => leave(desk, member)),
    ]),
  );
  await wait(LONGER_MS);
  return made;
}

function checkRest(made: readonly Attempt[], checks: Checks): void {
  const uses = of(made, 'use');
  const failed = uses.filter(({ end }) => end === 'failed').length;
  const told = `${statusesOf(uses)}; ${tookOf(uses)}`;
  checks.expect('uses answered 503 with their failed deal', failed === uses.length, told);
  const left = of(made, 'withdraw');
  const gone = left.filter(({ end }) => end === 'ok').length;
  checks.expect('withdrawals accepted', gone === left.length, statusesOf(left));
}

const of = (made: readonly Attempt[], intent: Attempt['intent']): Attempt[] =>
  made.filter((attempt) => attempt.intent === intent);
