import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or returns at once when the signal fires. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch(() => undefined);
}

/** Waits for the promise, but not beyond the time, and not after the signal. The promise's error passes on. */
export async function firstOf(
  promise: Promise<void>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<'done' | 'late' | 'stopped'> {
  if (signal.aborted) return 'stopped';
  const over = new AbortController();
  const finish = (): void => over.abort();
  signal.addEventListener('abort', finish, { once: true });
  try {
    return await Promise.race([
      promise.then(() => 'done' as const),
      sleep(Math.max(timeoutMs, 0), 'late' as const, { signal: over.signal }).catch(
        () => 'stopped' as const,
      ),
    ]);
  } finally {
    signal.removeEventListener('abort', finish);
    over.abort();
  }
}

/**
 * How long to wait after so many failures in a row: doubled each time up to the longest, then a random half
 * of it taken off, so that many who failed together do not come back together.
 */
export function jitteredDelayMs(failures: number, firstMs: number, longestMs: number): number {
  const wholeMs = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 30));
  return wholeMs / 2 + (Math.random() * wholeMs) / 2;
}
