import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP proxy before the broker that can cut every connection, stay away, or swallow what comes back. */
export class CuttableProxy {
  readonly #sockets = new Set<Socket>();
  readonly #targets = new Set<Socket>();
  #away = false;
  #mute = false;
  readonly #server = createServer((client) => this.#onClient(client));

  readonly #target: URL;

  private constructor(target: string) {
    this.#target = new URL(target);
  }

  /** A proxy before the server of that address (which names its port), and the address that leads through it. */
  static async before(target: string): Promise<{ proxy: CuttableProxy; url: string }> {
    const proxy = new CuttableProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const { port } = proxy.#server.address() as AddressInfo;
    const url = new URL(target);
    url.host = `127.0.0.1:${port}`;
    return { proxy, url: url.href };
  }

  /** Cuts every connection, as a pulled cable with a reset does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Refuses new connections (or lets them in again), and cuts the old ones. */
  setAway(away: boolean): void {
    this.#away = away;
    if (away) this.cut();
  }

  /** Drops everything the target answers, as a network that fails in one direction. */
  setMute(mute: boolean): void {
    this.#mute = mute;
  }

  /** Says something to the target on every connection, as if each client had: only while they are quiet. */
  inject(bytes: Buffer): void {
    for (const target of this.#targets) target.write(bytes);
  }

  get connections(): number {
    return this.#sockets.size / 2;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #onClient(client: Socket): void {
    if (this.#away) return void client.destroy();
    const target = connect(Number(this.#target.port), this.#target.hostname);
    this.#targets.add(target);
    target.on('close', () => this.#targets.delete(target));
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.on('data', (chunk) => {
        if (!(this.#mute && from === target)) to.write(chunk);
      });
    }
  }
}
