import { serviceNames } from '@onepoint/contracts';
import type { ServiceName } from '@onepoint/contracts';

/** Multiples of it, modulo 1, never come close to each other, however few or many of them there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** A moment that is nearer than this part of the pace is left out: a timer may end a little before its time. */
const NEAREST = 1 / 4;

/**
 * Milliseconds from `nowMs` (epoch) to the service's next moment to read its outbox: a quarter of `paceMs` to five
 * quarters. Each service has moments of its own: what one deal causes in several of them would otherwise reach those who
 * read it at once, again and again, and callers would wait for it.
 */
export function untilNextMoment(service: ServiceName, paceMs: number, nowMs: number): number {
  const ownMs = ((serviceNames.indexOf(service) * GOLDEN) % 1) * paceMs;
  const untilMs = paceMs - ((((nowMs - ownMs) % paceMs) + paceMs) % paceMs);
  return untilMs < NEAREST * paceMs ? untilMs + paceMs : untilMs;
}
