import { setTimeout as wait } from 'node:timers/promises';
import type { Attempt } from './history.ts';
import { callService, idIn } from './desk.ts';
import type { Desk } from './desk.ts';
import { takeBack } from './take-back.ts';

const KEYED = 0.6;
const TWINS = 0.08;
const TAKEN_BACK_AT_ONCE = 0.03;
const TAKEN_BACK_WHEN_LOST = 0.25;
const TRIES_MAX = 6;

/** What a request asks for, without who asks. */
interface DealRequest {
  readonly intent: 'save' | 'use' | 'cancelById' | 'cancelNewest';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/**
 * Asks until there is an answer, under one key; without a key once, since nobody could tell the second
 * from the first. Now and then twice at the same moment.
 */
export async function askDeal(desk: Desk, request: DealRequest): Promise<Attempt> {
  const { dice, world } = desk;
  const operation = world.nextOperation();
  const key = dice.chance(KEYED) ? `${desk.system.options.label}-${operation}` : null;
  const ask = (): Promise<Attempt> =>
    callService(desk, 'deal', { ...request, method: 'POST', operation, key });
  if (key === null) return ask();
  if (dice.chance(TWINS)) {
    const [one, other] = await Promise.all([ask(), ask()]);
    if (one.end === 'ok') return one;
    if (other.end === 'ok') return other;
  }
  const isFirst = request.intent === 'save' || request.intent === 'use';
  if (isFirst && dice.chance(TAKEN_BACK_AT_ONCE)) {
    // Which of the two arrives first is anybody's guess.
    const [asked] = await Promise.all([ask(), takeBack(desk, key)]);
    return asked;
  }
  let attempt = await ask();
  for (let tries = 1; tries < TRIES_MAX && isOpen(attempt); tries += 1) {
    if (isFirst && attempt.end === 'unknown' && dice.chance(TAKEN_BACK_WHEN_LOST)) {
      await takeBack(desk, key);
      return attempt;
    }
    await wait(dice.between(50, 250) * tries);
    attempt = await ask();
  }
  const { body } = request;
  if (attempt.end === 'ok' && body !== undefined) {
    world.remember({ request: { operation, key, body } });
  }
  return attempt;
}

/** Whether a terminal would try again with its key. */
function isOpen({ end, code }: Attempt): boolean {
  return end !== 'ok' && (end !== 'refused' || code === 'REQUEST_IN_PROGRESS');
}

/** A purchase that earns points, or a payment with some. */
export async function createDeal(desk: Desk, type: 'save' | 'use'): Promise<void> {
  const { dice, world } = desk;
  const memberId = world.someMember(dice);
  const merchantId = dice.pick(world.merchants);
  const dealAmount = world.nextAmount();
  const body = { memberId, merchantId, dealAmount, type };
  const asked = type === 'use' ? { ...body, point: dice.between(1, 1_500) } : body;
  const attempt = await askDeal(desk, { intent: type, path: '/deals', body: asked });
  const id = idIn(attempt);
  if (id !== null && attempt.answer?.['status'] === 'success') {
    world.remember({ deal: { id, memberId, merchantId, dealAmount } });
  }
}

/** Sends an answered request again, or another one under its key. */
export async function repeatRequest(desk: Desk): Promise<void> {
  const { dice, world } = desk;
  if (world.requests.length === 0) return;
  const { operation, key, body } = dice.pick(world.requests);
  const isOther = dice.chance(0.15);
  await callService(desk, 'deal', {
    intent: body['type'] === 'use' ? 'use' : 'save',
    operation: isOther ? world.nextOperation() : operation,
    method: 'POST',
    path: '/deals',
    key,
    body: isOther ? { ...body, dealAmount: world.nextAmount() } : body,
  });
}
