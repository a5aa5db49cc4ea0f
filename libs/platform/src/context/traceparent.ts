import { randomUUID } from 'node:crypto';

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * The W3C `traceparent` under which this piece of work goes on: the same trace as `incoming` with a
 * span of its own, or a new trace when there is none or it is malformed.
 */
export function continueTrace(incoming: string | undefined): string {
  const span = randomUUID().slice(19).replace('-', '').slice(0, 16);
  const match = incoming === undefined ? null : pattern.exec(incoming);
  const usable = match !== null && !/^0+$/.test(match[1] ?? '') && !/^0+$/.test(match[2] ?? '');
  return usable
    ? `00-${match[1]}-${span}-${match[3]}`
    : `00-${randomUUID().replaceAll('-', '')}-${span}-01`;
}

/** The trace's id out of a `traceparent`: 32 hex digits. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
