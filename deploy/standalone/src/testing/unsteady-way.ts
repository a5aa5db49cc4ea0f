import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The network between two services: it can delay requests, and lose answers after their effect. */
export class UnsteadyWay {
  /** Where requests go; a service that starts again has another address. */
  target = '';
  /** Milliseconds before a request is passed on, whether or not anybody still waits for it. */
  delayMs = 0;
  /** Of so many answers one is lost; 0 loses none. */
  losesOneOf = 0;
  #passed = 0;
  #underWay = 0;
  readonly #server: Server = createServer((from, to) => void this.#pass(from, to));

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Requests that have come in and have not yet been through the target. */
  get underWay(): number {
    return this.#underWay;
  }

  async #pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    this.#underWay += 1;
    try {
      const body = await buffer(from);
      if (this.delayMs > 0) await sleep(this.delayMs);
      const answer = await this.#askTarget(from, body);
      this.#passed += 1;
      const isLost = this.losesOneOf > 0 && this.#passed % this.losesOneOf === 0;
      if (isLost) return void from.socket.destroy();
      to.writeHead(answer.status, { 'content-type': answer.type });
      to.end(answer.body);
    } catch {
      from.socket.destroy();
    } finally {
      this.#underWay -= 1;
    }
  }

  async #askTarget(
    { url = '/', method, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; type: string; body: Buffer }> {
    const asked = ask(`${this.target}${url}`, { method: method ?? 'GET', headers, agent: false });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const type = answer.headers['content-type'] ?? 'application/json';
    return { status: answer.statusCode ?? 500, type, body: await buffer(answer) };
  }
}
