/** Bytes of events in one body: what the services take is 64 KiB. */
export const BODY_BYTES_MAX = 56 * 1024;

/** Joins events, each a JSON text, into arrays that fit a body each; one that is too large stands alone. */
export function bodiesOf(events: readonly string[]): string[] {
  const bodies: string[] = [];
  let gathered: string[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (gathered.length > 0) bodies.push(`[${gathered.join(',')}]`);
    gathered = [];
    bytes = 0;
  };
  for (const event of events) {
    const size = Buffer.byteLength(event) + 1;
    if (bytes + size > BODY_BYTES_MAX) finish();
    gathered.push(event);
    bytes += size;
  }
  finish();
  return bodies;
}
