import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what becomes true by itself; fails loudly when it does not. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + 10_000;
  while (!(await isTrue())) {
    if (performance.now() > untilMs) throw new Error(`waited in vain for: ${what}`);
    await sleep(5);
  }
}
