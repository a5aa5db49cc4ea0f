import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** One address for several replicas, as a balancer would be: connections go to each of them in turn. */
export interface TcpForwarder {
  readonly url: string;
  /** From now on to these; connections to the former ones are ended. */
  aim(urls: readonly string[]): void;
  stop(): Promise<void>;
}

/** Listens on loopback; a connection that comes before anything is aimed at is ended at once. */
export async function startForwarder(): Promise<TcpForwarder> {
  let targets: { readonly host: string; readonly port: number }[] = [];
  let next = 0;
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const target = targets[next % Math.max(1, targets.length)];
    next += 1;
    if (target === undefined) return void incoming.destroy();
    const outgoing = connect(target);
    join(incoming, outgoing);
    for (const socket of [incoming, outgoing]) {
      socket.setNoDelay(true);
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    aim: (urls) => {
      targets = urls.map((url) => {
        const { hostname, port } = new URL(url);
        return { host: hostname, port: Number(port) };
      });
      endAll();
    },
    stop: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What one side ends or breaks, is ended for the other. */
function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    // What went wrong is seen by whoever waits for an answer.
    from.once('error', () => to.destroy());
    from.once('close', () => to.destroy());
  }
}
