import { setTimeout as wait } from 'node:timers/promises';
import { cancelById, cancelNewest, cancelTogether } from './cancel-deal.ts';
import { createDeal, repeatRequest } from './create-deal.ts';
import type { Desk } from './desk.ts';
import { lookUp, settle } from './look-up.ts';
import { signUp, withdraw } from './member-desk.ts';

const WEIGHTS = {
  save: 26,
  use: 32,
  cancelById: 8,
  cancelNewest: 6,
  cancelTogether: 3,
  repeat: 5,
  signUp: 7,
  withdraw: 1,
  settle: 1,
  read: 9,
} as const;

/** How much is asked at once, and how fast. */
export interface LoadOptions {
  readonly clients: number;
  /** A client pauses 10 ms to this long between its requests. */
  readonly pauseMaxMs: number;
}

/** What cannot be begun without. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
}

const MERCHANTS = [
  { name: 'Ten thousand', earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 },
  { name: 'Charged', earnRateBps: 150, commissionBps: 250, earnChargeBps: 5_000 },
  { name: 'Generous', earnRateBps: 333, commissionBps: 100, earnChargeBps: 0 },
];
const MEMBERS_AT_FIRST = 16;

/** Merchants, and the first members with a few points each. */
export async function prepareWorld(desk: Desk): Promise<void> {
  const at = desk.system.of('deal')[0]!.url;
  for (const merchant of MERCHANTS) {
    const response = await fetch(`${at}/merchants`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(merchant),
    });
    const { id } = (await response.json()) as { id?: number };
    if (id === undefined) throw new NotPrepared(`a merchant was answered ${response.status}`);
    desk.world.merchants.push(id);
  }
  for (let count = 0; count < MEMBERS_AT_FIRST; count += 1) await signUp(desk);
  for (let count = 0; count < MEMBERS_AT_FIRST; count += 1) await createDeal(desk, 'save');
}

/** Lets the clients work until the signal; resolves when each has finished what it was about. */
export async function runLoad(desk: Desk, options: LoadOptions, over: AbortSignal): Promise<void> {
  const clients = Array.from({ length: options.clients }, (_, number) => ({
    ...desk,
    dice: desk.dice.fork(`client ${number}`),
  }));
  await Promise.all(
    clients.map(async (own) => {
      while (!over.aborted) {
        await actOnce(own);
        await wait(own.dice.between(10, options.pauseMaxMs));
      }
    }),
  );
}

async function actOnce(desk: Desk): Promise<void> {
  const act = desk.dice.weighed(WEIGHTS);
  switch (act) {
    case 'save':
    case 'use':
      return createDeal(desk, act);
    case 'cancelById':
      return cancelById(desk);
    case 'cancelNewest':
      return cancelNewest(desk);
    case 'cancelTogether':
      return cancelTogether(desk);
    case 'repeat':
      return repeatRequest(desk);
    case 'signUp':
      return void (await signUp(desk));
    case 'withdraw':
      return withdraw(desk);
    case 'settle':
      return settle(desk);
    case 'read':
      return lookUp(desk);
    default:
      return act satisfies never;
  }
}
