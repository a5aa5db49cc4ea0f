import type { Dice } from '../run/dice.ts';
import type { ServiceName } from '../system/programs.ts';
import type { System } from '../system/system.ts';
import type { Caller, Wish } from './caller.ts';
import type { Attempt } from './history.ts';
import type { World } from './world.ts';

/** What one client works with. */
export interface Desk {
  readonly system: System;
  readonly caller: Caller;
  readonly world: World;
  readonly dice: Dice;
}

/** Calls a service; with several replicas any of them, as behind a balancer that knows nothing. */
export function callService(
  { system, caller, dice }: Desk,
  service: ServiceName,
  wish: Omit<Wish, 'at'>,
): Promise<Attempt> {
  return caller.call({ ...wish, at: dice.pick(system.of(service)).url });
}

/** The id in an answer that has one. */
export function idIn({ end, answer }: Attempt): number | null {
  const id = answer?.['id'];
  return end === 'ok' && typeof id === 'number' ? id : null;
}
