import { randomFillSync } from 'node:crypto';

/** What W3C allows, a trace or a span of zeros excepted. */
const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** Random bytes in store: asking for many at once costs hardly more than asking for a few. */
const random = Buffer.alloc(4_096);
let used = random.length;

/**
 * The W3C `traceparent` under which this piece of work goes on: the same trace as `incoming` with a
 * span of its own, or a new trace when there is none or it is malformed.
 */
export function continueTrace(incoming: string | undefined): string {
  const match = incoming === undefined ? null : pattern.exec(incoming);
  return match === null
    ? `00-${randomHex(16)}-${randomHex(8)}-01`
    : `00-${match[1]}-${randomHex(8)}-${match[2]}`;
}

/** The trace's id out of a `traceparent`: 32 hex digits. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

function randomHex(bytes: number): string {
  if (used + bytes > random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += bytes;
  return random.toString('hex', used - bytes, used);
}
