import { callService, idIn } from '../load/desk.ts';
import { counted, inParallel, statusesOf, tookOf } from './figures.ts';
import { play } from './stage.ts';
import type { Scenario } from './stage.ts';

const SIGN_UPS = 1_000;
const WITHDRAWALS = 50;
const DESKS = 16;
const OTHERS = ['point', 'deal', 'billing', 'dashboard'] as const;

/** P5: sign-up and withdrawal while everything else and the broker are down. */
export const memberAlone: Scenario = (stage) =>
  play(stage, 'member_alone', { isStraight: true }, async (desk, checks) => {
    const { system, world } = desk;
    for (const name of OTHERS) await system.of(name)[0]!.kill();
    await stage.servers.rabbitMq.kill();
    stage.say('point, deal, billing, dashboard and RabbitMQ are killed');
    const signUps = await inParallel(counted(SIGN_UPS), DESKS, (number) =>
      callService(desk, 'member', {
        intent: 'signUp',
        operation: world.nextOperation(),
        method: 'POST',
        path: '/members',
        body: { name: `Alone ${number}`, phone: `0109${String(number).padStart(7, '0')}` },
      }),
    );
    const ids = signUps.map(idIn).filter((id) => id !== null);
    checks.expect('sign-ups accepted', ids.length === SIGN_UPS, statusesOf(signUps));
    checks.expect('a sign-up took', true, tookOf(signUps));
    const withdrawals = await inParallel(ids.slice(0, WITHDRAWALS), DESKS, (id) =>
      callService(desk, 'member', {
        intent: 'withdraw',
        operation: world.nextOperation(),
        method: 'DELETE',
        path: `/members/${id}`,
      }),
    );
    const left = withdrawals.filter(({ end }) => end === 'ok').length;
    checks.expect('withdrawals accepted', left === WITHDRAWALS, statusesOf(withdrawals));
    const ready = await fetch(`${system.of('member')[0]!.url}/health/ready`);
    checks.expect('/health/ready of member', ready.status === 200, ready.status);
    await stage.servers.rabbitMq.start();
    await Promise.all(OTHERS.map((name) => system.of(name)[0]!.start()));
    stage.say('all of them are back');
  });
