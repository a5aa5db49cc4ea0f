import { randomFillSync } from 'node:crypto';

const poolBytes = 8 * 1024;
const bytesEach = 10;
const pool = Buffer.alloc(poolBytes);
let used = poolBytes;

/**
 * A UUID version 7 (RFC 9562): the time in milliseconds, then 74 random bits. Sorts by time, which keeps
 * the indexes of those who store it compact.
 */
export function newEventId(nowMs: number = Date.now()): string {
  if (used + bytesEach > poolBytes) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, used + bytesEach);
  used += bytesEach;
  const time = nowMs.toString(16).padStart(12, '0');
  const variant = (8 + (Number.parseInt(random.charAt(3), 16) & 3)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(4, 7)}`,
    random.slice(7, 19),
  ].join('-');
}
