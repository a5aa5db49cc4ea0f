import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { lineTo } from './keep-alive-line.ts';
import type { KeepAliveLine } from './keep-alive-line.ts';
import type { Answer } from './read-answer.ts';

describe('a line of the load driver', () => {
  const stops: (() => unknown)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0).toReversed()) stop();
  });

  /** Does one thing after the other, each at the next request, and counts its connections. */
  async function lineWhere(...things: ((socket: Socket) => unknown)[]) {
    const connections: Socket[] = [];
    const server = createServer((socket) => {
      connections.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => things.shift()?.(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const line = lineTo(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    stops.push(
      () => server.close(),
      () => line.hangUp(),
    );
    return { line, connections };
  }
  const answering =
    (body: string, more = '') =>
    (socket: Socket): unknown =>
      socket.write(`HTTP/1.1 201 Created\r\ncontent-length: ${body.length}${more}\r\n\r\n${body}`);
  const ask = (line: KeepAliveLine): Promise<Answer | null> =>
    new Promise((heard) => line.send('POST / HTTP/1.1\r\n\r\n', heard));

  it('brings answer after answer over one connection', async () => {
    const { line, connections } = await lineWhere(answering('a'), answering('b'));
    expect([(await ask(line))?.body, (await ask(line))?.body]).toEqual(['a', 'b']);
    expect(connections).toHaveLength(1);
  });

  it('puts together an answer that comes in parts', async () => {
    const { line } = await lineWhere((socket) => {
      socket.write('HTTP/1.1 201 Created\r\ncontent-le');
      setTimeout(() => socket.write('ngth: 4\r\n\r\nsl'), 20);
      setTimeout(() => socket.write('ow'), 40);
    });
    expect((await ask(line))?.body).toBe('slow');
  });

  it.each<[string, (socket: Socket) => unknown]>([
    ['breaks', (socket) => socket.resetAndDestroy()],
    ['ends in the middle', (socket) => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 9')],
    ['brings what is no answer', (socket) => socket.write('HTTP/1.1 201 Created\r\n\r\n')],
  ])('says so when it %s, and is made anew', async (_, wrong) => {
    const { line, connections } = await lineWhere(wrong, answering('again'));
    expect(await ask(line)).toBeNull();
    expect((await ask(line))?.body).toBe('again');
    expect(connections).toHaveLength(2);
  });

  it('is made anew after an answer that was the last, which is no error', async () => {
    const last = answering('last', '\r\nconnection: close');
    const { line, connections } = await lineWhere(last, answering('next'));
    expect([(await ask(line))?.body, (await ask(line))?.body]).toEqual(['last', 'next']);
    expect(connections).toHaveLength(2);
  });

  it('says so when nobody is there', async () => {
    const { line, connections } = await lineWhere((socket) => socket.destroy());
    expect(await ask(line)).toBeNull();
    expect(connections).toHaveLength(1);
    const nowhere = lineTo(new URL('http://127.0.0.1:1'));
    expect(await ask(nowhere)).toBeNull();
  });
});
