import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { statusesOf } from './figures.ts';
import { allClosed, untilServed } from './leavers.ts';
import type { Checks } from './stage.ts';
import { idsOf, save, use } from './till.ts';

/** Saves and uses of members who have left: with Point there, and deferred; the saves' ids. */
export async function saveAfterwards(
  desk: Desk,
  members: readonly number[],
  checks: Checks,
): Promise<number[]> {
  await untilServed(desk);
  await allClosed(desk, members);
  const uses: Attempt[] = [];
  const there: Attempt[] = [];
  for (const member of members) {
    uses.push(await use(desk, member));
    there.push(await save(desk, member));
  }
  const refused = uses.filter(({ answer }) => answer?.['failReason'] === 'MEMBER_WITHDRAWN').length;
  checks.expect('uses refused as MEMBER_WITHDRAWN', refused === uses.length, statusesOf(uses));
  const point = desk.system.of('point')[0]!;
  await point.kill();
  const gone = await Promise.all(members.map((member) => save(desk, member)));
  await point.start();
  const saves = [...there, ...gone];
  const ids = idsOf(saves);
  checks.expect('saves accepted', ids.length === saves.length, statusesOf(saves));
  return ids;
}
