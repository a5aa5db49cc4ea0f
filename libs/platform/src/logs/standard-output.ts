import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino, type DestinationStream } from 'pino';

/** Bytes kept back before they are written, so that a busy process writes in blocks. */
const blockBytes = 12_288;
const flushEveryMs = 500;
const lastFlushMaxMs = 1_000;

let blocks: ReturnType<typeof pino.destination> | undefined;

/** Five services in one process write to one stream, in blocks and at the latest after half a second. */
export function standardOutput(): DestinationStream & { flushSync(): void } {
  const stream = (blocks ??= openBlocks());
  return {
    // As bytes: of a block that is one growing text, all of it is gone through again for each line.
    write: (line) => stream.write(Buffer.from(line) as unknown as string),
    // What pino calls for a fatal line.
    flushSync: () => stream.flushSync(),
  };
}

/**
 * Writes what is kept back; resolves when it is out, or cannot be. To be awaited before the process exits: what is left
 * for then is written synchronously, which on an output that nobody reads any more is tried again for ever.
 */
export async function flushLogs(): Promise<void> {
  const stream = blocks;
  if (stream === undefined) return;
  const over = new AbortController();
  const { signal } = over;
  const broken = once(stream, 'error', { signal }).catch(() => undefined);
  const late = sleep(lastFlushMaxMs, undefined, { signal }).catch(() => undefined);
  await Promise.race([new Promise<void>((resolve) => stream.flush(() => resolve())), broken, late]);
  over.abort();
}

function openBlocks(): ReturnType<typeof pino.destination> {
  const stream = pino.destination({
    dest: 1,
    sync: false,
    minLength: blockBytes,
    contentMode: 'buffer',
  });
  setInterval(() => {
    stream.flush();
  }, flushEveryMs).unref();
  return stream;
}
