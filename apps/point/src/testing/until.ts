import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what becomes true by itself; fails loudly when it does not within 10 s. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const untilMs = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() > untilMs) throw new Error(`waited in vain for: ${what}`);
    await sleep(5);
  }
}
