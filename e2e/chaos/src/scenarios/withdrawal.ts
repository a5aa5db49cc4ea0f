import { callService } from '../load/desk.ts';
import type { Desk } from '../load/desk.ts';
import { settle } from '../load/look-up.ts';
import { quiesce } from '../run/quiesce.ts';
import { cancelAfterwards, cancelAtOnce } from './cancels-of-leavers.ts';
import { checkCancels, checkLeavers, checkLostDebits, checkSavesAfter } from './check-leavers.ts';
import { leaveWithSavesDeferred, leaveWithUsesFrozen, leaveWithUsesLost } from './leave-amid.ts';
import { saveAfterwards } from './saves-of-leavers.ts';
import { play } from './stage.ts';
import type { Checks, Scenario } from './stage.ts';

/** Withdrawals against everything in flight: deferred saves, pending uses, and cancels afterwards. */
export const withdrawal: Scenario = (stage) =>
  play(stage, 'withdrawal', {}, async (desk, checks) => {
    stage.say('saves deferred (Point killed), and their members leave');
    const deferred = await leaveWithSavesDeferred(desk, checks);
    stage.say('uses pending (Point frozen beyond the budget), and their members leave');
    const frozen = await leaveWithUsesFrozen(desk, checks);
    stage.say('uses debited, their answers lost, and their members leave');
    const lost = await leaveWithUsesLost(desk, checks);
    stage.say('cancels at the same moment (Point slow)');
    const racing = await cancelAtOnce(desk, checks);
    stage.say('cancels afterwards (Point there, then killed)');
    const { members, cancels } = await cancelAfterwards(desk, checks);
    stage.say('saves and uses afterwards (Point there, then killed)');
    const saves = await saveAfterwards(desk, members, checks);
    await quiesce(desk.system);
    for (const merchantId of desk.world.merchants) await settle(desk, merchantId);
    await quiesce(desk.system);
    await checkLeavers(desk, [...deferred, ...frozen, ...lost, ...racing, ...members], checks);
    await checkLostDebits(desk, lost, checks);
    await checkCancels(desk, cancels, checks);
    await checkSavesAfter(desk, saves, checks);
    await checkShownCancel(desk, cancels[0] ?? 0, checks);
  });

/** One of them as its merchant sees it. */
async function checkShownCancel(desk: Desk, id: number, checks: Checks): Promise<void> {
  const { answer } = await callService(desk, 'deal', {
    intent: 'read',
    operation: desk.world.nextOperation(),
    method: 'GET',
    path: `/deals/${id}`,
  });
  const shown = `${String(answer?.['pointStatus'])}, billed: ${String(answer?.['billingStatus'])}`;
  checks.expect('such a cancel as its merchant sees it', shown === 'void, billed: yes', shown);
}
