import { setTimeout as wait } from 'node:timers/promises';

/** Something that should have become true did not, in the time it had. */
export class NeverCameTrue extends Error {
  override readonly name = 'NeverCameTrue';
}

/** Asks until the answer is null, which means that nothing is left to wait for; else it is said what is. */
export async function until(
  what: string,
  probe: () => Promise<string | null>,
  { withinMs, everyMs = 250 }: { withinMs: number; everyMs?: number },
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const left = await probe().catch((error: unknown) => String(error));
    const tookMs = Math.round(performance.now() - startedAt);
    if (left === null) return tookMs;
    if (tookMs > withinMs) throw new NeverCameTrue(`${what}, after ${tookMs} ms: ${left}`);
    await wait(everyMs);
  }
}
