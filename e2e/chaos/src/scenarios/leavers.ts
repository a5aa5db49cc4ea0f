import type { Desk } from '../load/desk.ts';
import { signUp } from '../load/member-desk.ts';
import { until } from '../run/until.ts';
import { counted } from './figures.ts';
import { readPoints, save, use } from './till.ts';

const WITHIN_MS = 20_000;
const EVERY_MS = 50;

/** Members with some points, by way of a save each. */
export async function newMembers(desk: Desk, count: number): Promise<number[]> {
  const signed = await Promise.all(counted(count).map(() => signUp(desk)));
  const members = signed.filter((id) => id !== null);
  await Promise.all(members.map((member) => save(desk, member)));
  await allShown(desk, members, 'points', (answer) => Number(answer['available']) > 0);
  return members;
}

/** Waits until Point has heard that they left. */
export function allClosed(desk: Desk, members: readonly number[]): Promise<void> {
  return allShown(desk, members, 'a closed account', ({ status }) => status === 'closed');
}

/** Waits until a use is served: Point is there, and Deal's breaker has seen it. */
export async function untilServed(desk: Desk): Promise<void> {
  const member = desk.world.members[0]!;
  await until(
    'a use is served',
    async () => {
      await save(desk, member);
      const { end, code } = await use(desk, member);
      return end === 'ok' ? null : String(code);
    },
    { withinMs: WITHIN_MS, everyMs: EVERY_MS },
  );
}

async function allShown(
  desk: Desk,
  members: readonly number[],
  what: string,
  isRight: (answer: Readonly<Record<string, unknown>>) => boolean,
): Promise<void> {
  const open = new Set(members);
  await until(
    `each member has ${what}`,
    async () => {
      for (const member of open) {
        const { end, answer } = await readPoints(desk, member);
        if (end === 'ok' && answer !== null && isRight(answer)) open.delete(member);
      }
      return open.size === 0 ? null : `${open.size} have not`;
    },
    { withinMs: WITHIN_MS, everyMs: EVERY_MS },
  );
}
