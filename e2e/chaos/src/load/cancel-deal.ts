import { askDeal } from './create-deal.ts';
import { callService } from './desk.ts';
import type { Desk } from './desk.ts';

/** Cancels a known deal by its id. */
export async function cancelById(desk: Desk): Promise<void> {
  const deal = desk.world.someDeal(desk.dice);
  if (deal === null) return;
  await askDeal(desk, { intent: 'cancelById', path: `/deals/${deal.id}/cancel` });
}

/** Cancels as the seed's clients do: without an id, by what the deal looked like. */
export async function cancelNewest(desk: Desk): Promise<void> {
  const deal = desk.world.someDeal(desk.dice);
  if (deal === null) return;
  const { memberId, merchantId, dealAmount } = deal;
  await askDeal(desk, {
    intent: 'cancelNewest',
    path: '/deals',
    body: { memberId, merchantId, dealAmount, type: 'cancel' },
  });
}

/** Two to four cancels of one deal at the same moment, from different terminals. */
export async function cancelTogether(desk: Desk): Promise<void> {
  const { dice, world } = desk;
  const deal = world.someDeal(dice);
  if (deal === null) return;
  const terminals = Array.from({ length: dice.between(2, 4) });
  await Promise.all(
    terminals.map(() =>
      callService(desk, 'deal', {
        intent: 'cancelById',
        operation: world.nextOperation(),
        method: 'POST',
        path: `/deals/${deal.id}/cancel`,
      }),
    ),
  );
}
