import { callService } from './desk.ts';
import type { Desk } from './desk.ts';

/** Reads something somewhere. */
export async function lookUp(desk: Desk): Promise<void> {
  const { dice, world } = desk;
  const deal = world.someDeal(dice);
  const read = { intent: 'read', operation: world.nextOperation(), method: 'GET' } as const;
  if (deal === null || dice.chance(0.5)) {
    const path = `/points/${world.someMember(dice)}`;
    await callService(desk, 'point', { ...read, path });
  } else if (dice.chance(0.5)) {
    await callService(desk, 'deal', { ...read, path: `/deals/${deal.id}` });
  } else {
    await callService(desk, 'dashboard', { ...read, path: `/billingAmountViews/${deal.id}` });
  }
}

/** Settles the running month of one merchant as far as it has come. */
export async function settle(desk: Desk, merchantId?: number): Promise<void> {
  const { dice, world } = desk;
  await callService(desk, 'billing', {
    intent: 'settle',
    operation: world.nextOperation(),
    method: 'POST',
    path: '/billings',
    body: { merchantId: merchantId ?? dice.pick(world.merchants), billingMonth: runningMonth() },
  });
}

/** `YYYYMM` in Seoul. */
export function runningMonth(): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Seoul',
    year: 'numeric',
    month: '2-digit',
  });
  return parts.format(new Date()).replace('-', '');
}
