import { callService, idIn } from '../load/desk.ts';
import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';

/** A purchase by that member, without a key. */
export async function save(desk: Desk, memberId: number): Promise<Attempt> {
  return post(desk, 'save', { memberId, type: 'save' });
}

/** A payment of a point by that member, without a key. */
export async function use(desk: Desk, memberId: number): Promise<Attempt> {
  return post(desk, 'use', { memberId, type: 'use', point: 1 });
}

/** Takes a deal back by its id. */
export function cancel(desk: Desk, dealId: number): Promise<Attempt> {
  return callService(desk, 'deal', {
    intent: 'cancelById',
    operation: desk.world.nextOperation(),
    method: 'POST',
    path: `/deals/${dealId}/cancel`,
  });
}

/** The ids of the deals that were made. */
export function idsOf(attempts: readonly Attempt[]): number[] {
  return attempts.map(idIn).filter((id) => id !== null);
}

function post(
  desk: Desk,
  intent: 'save' | 'use',
  body: Readonly<Record<string, unknown>>,
): Promise<Attempt> {
  const { world } = desk;
  return callService(desk, 'deal', {
    intent,
    operation: world.nextOperation(),
    method: 'POST',
    path: '/deals',
    body: { ...body, merchantId: world.merchants[0], dealAmount: world.nextAmount() },
  });
}
