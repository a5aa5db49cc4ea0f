import { callService, idIn } from '../load/desk.ts';
import type { Desk } from '../load/desk.ts';
import type { Attempt } from '../load/history.ts';

/** A purchase by that member, without a key; at the first merchant unless it is said where. */
export async function save(desk: Desk, memberId: number, merchantId?: number): Promise<Attempt> {
  return post(desk, 'save', { memberId, type: 'save' }, merchantId);
}

/** A payment by that member, of one point unless it is said how many, without a key. */
export async function use(
  desk: Desk,
  memberId: number,
  point = 1,
  merchantId?: number,
): Promise<Attempt> {
  return post(desk, 'use', { memberId, type: 'use', point }, merchantId);
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

/** What a member has, as Point shows it. */
export function readPoints(desk: Desk, memberId: number): Promise<Attempt> {
  return callService(desk, 'point', {
    intent: 'read',
    operation: desk.world.nextOperation(),
    method: 'GET',
    path: `/points/${memberId}`,
  });
}

/** A member leaves. */
export function leave(desk: Desk, memberId: number): Promise<Attempt> {
  return callService(desk, 'member', {
    intent: 'withdraw',
    operation: desk.world.nextOperation(),
    method: 'DELETE',
    path: `/members/${memberId}`,
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
  merchantId = desk.world.merchants[0],
): Promise<Attempt> {
  const { world } = desk;
  return callService(desk, 'deal', {
    intent,
    operation: world.nextOperation(),
    method: 'POST',
    path: '/deals',
    body: { ...body, merchantId, dealAmount: world.nextAmount() },
  });
}
