import { createServer, get } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.ts';

/** A port below those that systems give away: nobody listens there. */
const NOBODY = 1;

describe('the proxy between two services', () => {
  let server: Server;
  let proxy: TcpProxy;
  let url: string;
  let processed: number;

  beforeEach(async () => {
    processed = 0;
    server = createServer((_request, response) => {
      processed += 1;
      response.end('done');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = new TcpProxy([(server.address() as AddressInfo).port], () => 0);
    url = `http://127.0.0.1:${await proxy.listen()}/`;
  });

  afterEach(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });

  const ask = async (timeoutMs = 2_000): Promise<string> =>
    (await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })).text();

  it('passes everything on while nothing is disturbed', async () => {
    expect(await ask()).toBe('done');
  });

  it('cuts before the request: it is never processed', async () => {
    proxy.disturb({ kind: 'cutRequests', share: 1 });
    await expect(ask()).rejects.toThrow();
    expect(processed).toBe(0);
  });

  it('cuts instead of the answer: it was processed', async () => {
    proxy.disturb({ kind: 'cutAnswers', share: 1 });
    await expect(ask()).rejects.toThrow();
    expect(processed).toBe(1);
  });

  it('swallows the answer, and breaks the connection when it is lifted', async () => {
    proxy.disturb({ kind: 'dropAnswers', share: 1 });
    const asked = ask(10_000);
    while (proxy.broken === 0) await new Promise(setImmediate);
    proxy.lift();
    await expect(asked).rejects.toThrow();
    expect(await ask()).toBe('done');
  });

  it('lets nothing through a black hole, and everything afterwards', async () => {
    proxy.disturb({ kind: 'blackHole' });
    await expect(ask(100)).rejects.toThrow();
    expect(processed).toBe(0);
    proxy.lift();
    expect(await ask()).toBe('done');
  });

  it('goes past a target that does not listen', async () => {
    const both = new TcpProxy([(server.address() as AddressInfo).port, NOBODY], () => 0);
    const port = await both.listen();
    for (const _turn of [1, 2, 3]) {
      const [answer] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response');
      (answer as IncomingMessage).resume();
      expect((answer as IncomingMessage).statusCode).toBe(200);
    }
    await both.close();
  });
});
