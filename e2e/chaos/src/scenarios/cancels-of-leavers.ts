import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { statusesOf } from './figures.ts';
import { allClosed, newMembers, untilServed } from './leavers.ts';
import type { Checks } from './stage.ts';
import { cancel, idsOf, leave, save, use } from './till.ts';

const MEMBERS = 12;
const POINTS = 300;

/** Whose deals are cancelled, and the cancels. */
export interface Cancelled {
  readonly members: number[];
  readonly cancels: number[];
}

/** A member leaves while the deals are cancelled: each cancel is in time or void, nobody knows which. */
export async function cancelAtOnce(desk: Desk, checks: Checks): Promise<number[]> {
  const { members, deals } = await membersWithDeals(desk);
  const { point } = desk.system.lines;
  point.disturb({ kind: 'delay', meanMs: 400, spreadMs: 390 });
  const made = await Promise.all(
    desk.dice
      .shuffled([
        ...members.map((member) => () => leave(desk, member)),
        ...deals.map((id) => () => cancel(desk, id)),
      ])
      .map((act) => act()),
  );
  point.lift();
  const good = made.filter(({ end }) => end === 'ok').length;
  checks.expect('withdrawals and cancels accepted', good === made.length, statusesOf(made));
  return members;
}

/** Everybody has left; then half of the deals are cancelled while Point is there, half while it is not. */
export async function cancelAfterwards(desk: Desk, checks: Checks): Promise<Cancelled> {
  const { members, deals } = await membersWithDeals(desk);
  await Promise.all(members.map((member) => leave(desk, member)));
  await allClosed(desk, members);
  const half = Math.floor(deals.length / 2);
  // One after the other: together they would overflow the little that cancels have of the way to Point.
  const there: Attempt[] = [];
  for (const id of deals.slice(0, half)) there.push(await cancel(desk, id));
  const isVoid = there.filter(
    ({ answer }) =>
      answer?.['pointStatus'] === 'void' && answer['pointReason'] === 'MEMBER_WITHDRAWN',
  ).length;
  checks.expect('cancels void at once', isVoid > 0, `${isVoid} of ${half}; ${statusesOf(there)}`);
  const point = desk.system.of('point')[0]!;
  await point.kill();
  const gone = await Promise.all(deals.slice(half).map((id) => cancel(desk, id)));
  await point.start();
  const late = gone.filter(({ answer }) => answer?.['pointStatus'] === 'deferred').length;
  checks.expect('cancels deferred without Point', late === gone.length, statusesOf(gone));
  const cancels = idsOf([...there, ...gone]);
  checks.expect('cancels accepted', cancels.length === deals.length, cancels.length);
  return { members, cancels };
}

/** Members with a save and a use each, at the merchant who is charged for saves: both are billed. */
async function membersWithDeals(desk: Desk): Promise<{ members: number[]; deals: number[] }> {
  await untilServed(desk);
  const members = await newMembers(desk, MEMBERS);
  const charged = desk.world.merchants[1];
  const made = await Promise.all(
    members.map(async (member) => [
      await save(desk, member, charged),
      await use(desk, member, POINTS, charged),
    ]),
  );
  const done = made.flat().filter(({ answer }) => answer?.['status'] === 'success');
  return { members, deals: desk.dice.shuffled(idsOf(done)) };
}
