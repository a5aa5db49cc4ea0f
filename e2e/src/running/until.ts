import { setTimeout as wait } from 'node:timers/promises';

/** Long enough for a busy machine; nothing waits this long when all is well. */
export const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 25;

/**
 * Looks until what is seen is as wanted, or patience ends. Answers what was seen last, so that a test can
 * say what was wrong with it.
 */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isWanted: (seen: Seen) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<Seen> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isWanted(seen) || performance.now() > giveUpAt) return seen;
    await wait(LOOK_EVERY_MS);
  }
}
