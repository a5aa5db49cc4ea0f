import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { processMetrics } from './process-metrics.ts';

const BLOCKED_MS = 500;
const LONGEST_DELAY = /^nodejs_eventloop_lag_max_seconds (\S+)$/m;

/** Seconds. A reading begins the next measurement anew. */
async function longestDelay(): Promise<number> {
  const text = await processMetrics().metrics();
  return Number(LONGEST_DELAY.exec(text)?.[1]);
}

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the numbers of a process', () => {
  it('tell how long the event loop was blocked', async () => {
    await longestDelay();
    // The first look is at the earliest one step from now: only what lies between two of them is seen.
    await sleep(300);
    block(BLOCKED_MS);
    await sleep(300);
    expect(await longestDelay()).toBeGreaterThan(BLOCKED_MS / 1_000 / 2);
  });
});
