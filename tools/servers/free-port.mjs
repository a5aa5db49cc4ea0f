import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports on loopback that nobody listens on at this moment, all different.
 * @param {number} count from 1 to 16
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  if (!Number.isInteger(count) || count < 1 || count > 16) {
    throw new RangeError(`freePorts: count must be 1 to 16, not ${count}`);
  }
  const listeners = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(listeners.map(listenAnywhere));
  } finally {
    for (const listener of listeners) listener.close();
  }
}

/** @param {import('node:net').Server} listener */
async function listenAnywhere(listener) {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
