import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that the full mode cannot do without. */
export interface NeededServer {
  readonly name: string;
  readonly url: string;
  readonly defaultPort: number;
}

/** Thrown when a server did not answer in time. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

const RETRY_MS = 500;

/**
 * Waits until all servers take connections, saying so once for each that does not yet.
 *
 * @throws ServerAway after `timeoutMs`
 */
export async function waitForServers(
  servers: readonly NeededServer[],
  timeoutMs: number,
  say: (line: string) => void,
): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  for (const { name, url, defaultPort } of servers) {
    const { hostname, port } = new URL(url);
    const address = { host: hostname, port: port === '' ? defaultPort : Number(port) };
    const where = `${address.host}:${address.port}`;
    let hasSaid = false;
    while (!(await answers(address))) {
      if (performance.now() > giveUpAt) {
        throw new ServerAway(`${name} cannot be reached at ${where}`);
      }
      if (!hasSaid) say(`waiting for ${name} at ${where} (up to ${timeoutMs / 1_000} s)`);
      hasSaid = true;
      await wait(RETRY_MS);
    }
  }
}

function answers(address: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(RETRY_MS, end(false));
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
