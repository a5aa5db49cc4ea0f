import { request } from 'undici';
import type { Desk } from '../load/desk.ts';

const EVERY_MS = 100;
const LINE = /^onepoint_point_breaker_open\{kind="(\w+)"\} ([\d.]+)$/gm;

/** How long the breakers to Point kept calls back, by kind of deal, as Deal's `/metrics` has it. */
export interface OpenTimes {
  /** Milliseconds until it was first seen open; null: it never was. */
  readonly firstAfterMs: ReadonlyMap<string, number>;
  /** Milliseconds open or probing, exact to about a tenth of a second. */
  readonly openMs: ReadonlyMap<string, number>;
}

/** Looks at Deal's breakers ten times a second until it is told to stop. */
export function watchBreaker({ system }: Desk): { stop: () => Promise<OpenTimes> } {
  const url = `${system.of('deal')[0]!.url}/metrics`;
  const firstAfterMs = new Map<string, number>();
  const openMs = new Map<string, number>();
  const startedAt = performance.now();
  let seenAt = startedAt;
  let isOver = false;
  const look = async (): Promise<void> => {
    const { body } = await request(url);
    const text = await body.text();
    const now = performance.now();
    for (const [, kind = '', state] of text.matchAll(LINE)) {
      if (Number(state) === 0) continue;
      openMs.set(kind, (openMs.get(kind) ?? 0) + now - seenAt);
      if (!firstAfterMs.has(kind)) firstAfterMs.set(kind, now - startedAt);
    }
    seenAt = now;
  };
  const done = (async () => {
    while (!isOver) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await done;
      return { firstAfterMs, openMs };
    },
  };
}
