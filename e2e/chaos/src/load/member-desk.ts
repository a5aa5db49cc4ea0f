import { setTimeout as wait } from 'node:timers/promises';
import { callService, idIn } from './desk.ts';
import type { Desk } from './desk.ts';

const TRIES_MAX = 6;

/** Signs somebody up, under a key, until there is an answer. */
export async function signUp(desk: Desk): Promise<number | null> {
  const { dice, world } = desk;
  const operation = world.nextOperation();
  const number = operation.slice('op-'.length).padStart(8, '0');
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const attempt = await callService(desk, 'member', {
      intent: 'signUp',
      operation,
      method: 'POST',
      path: '/members',
      key: `${desk.system.options.label}-${operation}`,
      body: { name: `Member ${number}`, phone: `010${number}` },
    });
    const id = idIn(attempt);
    if (id !== null) world.remember({ member: id });
    if (attempt.end === 'ok' || attempt.end === 'refused') return id;
    await wait(dice.between(50, 250) * tries);
  }
  return null;
}

/** Somebody leaves, mostly one of the less busy. */
export async function withdraw(desk: Desk): Promise<void> {
  const { dice, world } = desk;
  const memberId = dice.chance(0.2) ? world.someMember(dice) : dice.pick(world.members.slice(-40));
  await callService(desk, 'member', {
    intent: 'withdraw',
    operation: world.nextOperation(),
    method: 'DELETE',
    path: `/members/${memberId}`,
  });
}
