import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { fateOf } from './disturbance.ts';
import type { Disturbance } from './disturbance.ts';
import { InOrder } from './in-order.ts';

/** Both ends of one connection through the proxy. */
interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** Data was lost on it: it can only go on lying still, and breaks when the disturbance is lifted. */
  isBroken: boolean;
  readonly pieces: { readonly request: InOrder; readonly answer: InOrder };
}

const LOOPBACK = '127.0.0.1';

/** A TCP proxy that can be told to misbehave. Several targets are taken in turn. */
export class TcpProxy {
  readonly #links = new Set<Link>();
  /** Without delay: an answer in several pieces would else wait for what acknowledges the first, 40 ms. */
  readonly #server = createServer({ noDelay: true }, (client) => void this.#take(client));
  #disturbance: Disturbance = { kind: 'none' };
  #turn = 0;

  constructor(
    readonly targetPorts: readonly number[],
    private readonly draw: () => number,
  ) {}

  /** Begins to listen; the port. */
  async listen(): Promise<number> {
    this.#server.listen(0, LOOPBACK);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections on which data was lost. */
  get broken(): number {
    return [...this.#links].filter(({ isBroken }) => isBroken).length;
  }

  /** From now on, on the connections that are open and those that come. */
  disturb(disturbance: Disturbance): void {
    this.#disturbance = disturbance;
    if (disturbance.kind === 'refuse') this.#cutAll();
  }

  /** Ends the disturbance. Connections on which data was lost break: they could never be right again. */
  lift(): void {
    this.#disturbance = { kind: 'none' };
    for (const link of this.#links) if (link.isBroken) cut(link);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#cutAll();
    await once(this.#server, 'close');
  }

  #cutAll(): void {
    for (const link of this.#links) cut(link);
  }

  async #take(client: Socket): Promise<void> {
    client.on('error', () => undefined);
    if (this.#disturbance.kind === 'refuse') return void client.resetAndDestroy();
    client.pause();
    const server = await this.#connect();
    if (server === null) return void client.resetAndDestroy();
    const pieces = { request: new InOrder(), answer: new InOrder() };
    const link: Link = { client, server, isBroken: false, pieces };
    this.#links.add(link);
    this.#carry(link, client, server, 'request');
    this.#carry(link, server, client, 'answer');
    client.resume();
  }

  /** The next target that listens; null when none does. */
  async #connect(): Promise<Socket | null> {
    for (let tries = 0; tries < this.targetPorts.length; tries += 1) {
      this.#turn = (this.#turn + 1) % this.targetPorts.length;
      const socket = connect({
        port: this.targetPorts[this.#turn]!,
        host: LOOPBACK,
        noDelay: true,
      });
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'close').then(() => false),
      ]).catch(() => false);
      socket.on('error', () => undefined);
      if (outcome) return socket;
      socket.destroy();
    }
    return null;
  }

  #carry(link: Link, from: Socket, to: Socket, direction: 'request' | 'answer'): void {
    from.on('data', (piece) => {
      if (link.isBroken) return;
      const fate = fateOf(this.#disturbance, direction, this.draw);
      switch (fate.kind) {
        case 'cut':
          return cut(link);
        case 'drop':
          link.isBroken = true;
          return;
        case 'pass':
          return link.pieces[direction].after(fate.afterMs, () => {
            if (!to.destroyed) to.write(piece);
          });
        default:
          fate satisfies never;
      }
    });
    from.on('close', () => {
      this.#links.delete(link);
      link.pieces[direction].after(0, () => to.destroySoon());
    });
  }
}

function cut(link: Link): void {
  for (const socket of [link.client, link.server]) {
    // Node cannot reset what is shutting down already: it would keep the handle for ever, and spin on it.
    if (socket.writableEnded) socket.destroy();
    else socket.resetAndDestroy();
  }
}
