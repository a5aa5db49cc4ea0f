import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startForwarder } from './tcp-forwarder.ts';
import type { TcpForwarder } from './tcp-forwarder.ts';

describe('one address for several replicas', () => {
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  async function replica(name: string): Promise<string> {
    const server = createServer((_, response) => response.end(name));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  async function forwarder(): Promise<TcpForwarder> {
    const started = await startForwarder();
    stops.push(() => started.stop());
    return started;
  }
  /** By a connection of its own each time. */
  const ask = async (url: string): Promise<string> =>
    (await fetch(url, { headers: { connection: 'close' } })).text();

  it('sends each connection to the next of them', async () => {
    const { url, aim } = await forwarder();
    aim([await replica('a'), await replica('b')]);
    expect([await ask(url), await ask(url), await ask(url), await ask(url)].sort()).toEqual([
      ...['a', 'a', 'b', 'b'],
    ]);
  });

  it('sends them elsewhere once it is aimed elsewhere, and nobody before it is', async () => {
    const { url, aim } = await forwarder();
    await expect(ask(url)).rejects.toThrow();
    aim([await replica('a')]);
    expect(await ask(url)).toBe('a');
    aim([await replica('b')]);
    expect(await ask(url)).toBe('b');
  });
});
