import { setTimeout as wait } from 'node:timers/promises';
import { callService } from './desk.ts';
import type { Desk } from './desk.ts';

const TRIES_MAX = 6;

/** Takes back whatever was asked for under that key, whether or not it has arrived (net cancel). */
export async function takeBack(desk: Desk, key: string): Promise<void> {
  const operation = desk.world.nextOperation();
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const attempt = await callService(desk, 'deal', {
      intent: 'takeBack',
      operation,
      method: 'POST',
      path: '/deals/cancel-by-key',
      body: { idempotencyKey: key },
    });
    if (attempt.end === 'ok' || attempt.end === 'refused') return;
    await wait(desk.dice.between(50, 250) * tries);
  }
}
