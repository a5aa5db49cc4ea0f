import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the range from which systems take ports for outgoing connections: a port that a killed process
 * gave up is still free when the same system starts again.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const TRIES_MAX = 500;

const given = new Set<number>();

/** No free port was found. */
export class NoPortFree extends Error {
  override readonly name = 'NoPortFree';
}

/** Ports on loopback on which nobody listens, each handed out once in this process. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries += 1) {
    if (tries > TRIES_MAX) throw new NoPortFree(`no ${count} free ports in ${tries} tries`);
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

/** Whether nobody listens on a port of loopback. */
export async function isFree(port: number): Promise<boolean> {
  const listener = createServer();
  try {
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    listener.close();
  }
}
