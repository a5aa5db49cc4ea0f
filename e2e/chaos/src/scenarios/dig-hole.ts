import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';
import { until } from '../run/until.ts';
import { counted } from './figures.ts';
import type { Checks } from './stage.ts';
import { cancel, idsOf, readPoints, save, use } from './till.ts';

const SAVES = 3;
const WITHIN_MS = 10_000;

/** Step by step, with nobody else at the member: spent, taken back, refused, filled up again. */
export async function digHole(desk: Desk, member: number, checks: Checks): Promise<void> {
  const saved: Attempt[] = [];
  for (const _each of counted(SAVES)) saved.push(await save(desk, member));
  const given = pointsOf(saved);
  await hasPoints(desk, member, given);
  const spent = await use(desk, member, given);
  checks.expect('all points are spent', isDone(spent), String(spent.answer?.['status']));
  for (const id of idsOf(saved)) await cancel(desk, id);
  const hole = await hasPoints(desk, member, -given);
  checks.expect('a clawback leaves nothing available', hole === 0, `${-given}, available ${hole}`);
  let balance = -given;
  while (balance <= 0) {
    const refused = await use(desk, member);
    const reason = String(refused.answer?.['failReason']);
    checks.expect(`a use at ${balance} is refused`, reason === 'INSUFFICIENT_POINTS', reason);
    balance += pointsOf([await save(desk, member)]);
    const available = await hasPoints(desk, member, balance);
    const isRight = available === Math.max(balance, 0);
    checks.expect(`a save fills the hole to ${balance}`, isRight, `available ${available}`);
  }
  const again = await use(desk, member);
  checks.expect('a use above zero succeeds', isDone(again), String(again.answer?.['status']));
}

const isDone = ({ answer }: Attempt): boolean => answer?.['status'] === 'success';

const pointsOf = (attempts: readonly Attempt[]): number =>
  attempts.reduce((sum, { answer }) => sum + Number(answer?.['point'] ?? 0), 0);

/** Waits until the account has that balance (a change may be deferred); what is available then. */
async function hasPoints(desk: Desk, member: number, balance: number): Promise<number> {
  let available = Number.NaN;
  await until(
    `member ${member} has ${balance} points`,
    async () => {
      const { answer } = await readPoints(desk, member);
      available = Number(answer?.['available']);
      return answer?.['point'] === balance ? null : String(answer?.['point']);
    },
    { withinMs: WITHIN_MS, everyMs: 50 },
  );
  return available;
}
