import { setTimeout as wait } from 'node:timers/promises';
import type { MonthCloseView } from '@onepoint/contracts';
import { BillingAway } from './billing-door.ts';

/** What is needed of the billing service. */
export interface CloseDoor {
  begin(billingMonth: string): Promise<MonthCloseView>;
  progress(billingMonth: string): Promise<MonthCloseView>;
}

/** How it is looked on. Milliseconds. */
export interface Patience {
  readonly lookEveryMs: number;
  /** A billing service that is away for longer is not waited for. */
  readonly awayMaxMs: number;
}

/** The usual patience: a service that is started again is back well within it. */
export const PATIENCE: Patience = { lookEveryMs: 300, awayMaxMs: 60_000 };

/**
 * Begins to close a month and looks on until it is done, showing each look. A service that goes away
 * in the middle is waited for, since the close is carried on when it is back.
 *
 * @throws BillingAway when it stays away, or is away at the beginning; BillingRefused
 */
export async function watchClose(
  door: CloseDoor,
  billingMonth: string,
  show: (progress: MonthCloseView) => void,
  { lookEveryMs, awayMaxMs }: Patience = PATIENCE,
): Promise<MonthCloseView> {
  let seen = await door.begin(billingMonth);
  let seenAt = performance.now();
  show(seen);
  while (seen.state === 'running') {
    await wait(lookEveryMs);
    try {
      seen = await door.progress(billingMonth);
      seenAt = performance.now();
      show(seen);
    } catch (error) {
      const isGone = performance.now() - seenAt > awayMaxMs;
      if (!(error instanceof BillingAway) || isGone) throw error;
    }
  }
  return seen;
}
