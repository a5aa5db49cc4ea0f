import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import type { ProblemCode } from './http-status-of-code.ts';

const json = { 'content-type': 'application/json' };
let service: RunningService;
beforeAll(async () => {
  service = await startService(sampleBlueprint(sampleSettings()));
});
afterAll(() => service.stop());

async function problem(path: string, init: RequestInit = {}) {
  const response = await fetch(service.url + path, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const order = (body: string, headers: Record<string, string> = json) =>
  problem('/sample/orders', { method: 'POST', headers, body });

describe('a request that cannot be accepted', () => {
  it('is answered as problem+json with all members and the request id', async () => {
    const { status, headers, body } = await order('{"amount":"many"}');
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toEqual({
      type: '/problems/INVALID_REQUEST',
      title: 'Invalid request',
      status: 400,
      detail: expect.any(String),
      instance: '/sample/orders',
      code: 'INVALID_REQUEST',
      errors: [{ path: 'amount', message: expect.stringContaining('number') }],
    });
  });

  it('names an unknown field by itself', async () => {
    const { body } = await order('{"amount":1,"colour":"red","size":2}');
    expect(body['code']).toBe('INVALID_REQUEST');
    expect(body['errors']).toEqual([
      { path: 'colour', message: 'is not a known field' },
      { path: 'size', message: 'is not a known field' },
    ]);
  });

  it('names at most 20 fields, however many are wrong', async () => {
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
    const { body } = await order(JSON.stringify(fields));
    expect(body['errors']).toHaveLength(20);
  });

  it('is refused for a wrong path parameter and a wrong query', async () => {
    expect((await problem('/sample/orders/x')).body['code']).toBe('INVALID_REQUEST');
    expect((await problem('/sample/orders/1?limit=201')).body['code']).toBe('INVALID_REQUEST');
    expect((await problem('/sample/orders/1?limit=1&__proto__[a]=1')).status).toBe(400);
  });

  it('keeps the query, which may hold personal data, out of the problem', async () => {
    const { body } = await problem('/sample/orders/x?phone=01012345678');
    expect(body['instance']).toBe('/sample/orders/x');
    expect(JSON.stringify(body)).not.toContain('01012345678');
  });

  const broken: [string, string, ProblemCode][] = [
    ['broken JSON', '{"amount":', 'MALFORMED_JSON'],
    ['an empty body', '', 'MALFORMED_JSON'],
    ['__proto__', '{"amount":1,"__proto__":{"admin":true}}', 'MALFORMED_JSON'],
    ['a nested __proto__', '{"amount":1,"note":{"__proto__":{}}}', 'MALFORMED_JSON'],
    ['constructor.prototype', '{"amount":1,"constructor":{"prototype":{}}}', 'MALFORMED_JSON'],
    ['null', 'null', 'INVALID_REQUEST'],
    ['an array', '[1]', 'INVALID_REQUEST'],
    ['a number', '7', 'INVALID_REQUEST'],
  ];
  it.each(broken)('is refused when its body is %s', async (_what, sent, code) => {
    const { status, body } = await order(sent);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code });
  });

  it('is refused with 400 when the body is missing altogether', async () => {
    const { status, body } = await problem('/sample/orders', { method: 'POST' });
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'INVALID_REQUEST' });
  });

  it('is refused with 413 when its body is larger than 64 KiB, and not at 64 KiB', async () => {
    const padded = (bytes: number) => {
      const head = '{"amount":1,"note":"';
      return `${head}${'x'.repeat(bytes - head.length - 2)}"}`;
    };
    expect((await order(padded(64 * 1024))).status).toBe(201);
    const { status, body } = await order(padded(64 * 1024 + 1));
    expect({ status, code: body['code'] }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/xml', 'nonsense'])(
    'is refused with 415 when it is sent as %s',
    async (type) => {
      const { status, body } = await order('{"amount":1}', { 'content-type': type });
      expect({ status, code: body['code'] }).toEqual({
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
      });
    },
  );

  it.each(['/nowhere', '/sample', '/sample/public/more', '/__proto__'])(
    'finds nothing at %s',
    async (path) => {
      const { status, headers, body } = await problem(path);
      expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'ROUTE_NOT_FOUND' });
      expect(headers.get('x-request-id')).not.toBeNull();
    },
  );

  it('is refused with a problem when the router cannot read its address', async () => {
    const malformed = await problem('/sample/orders/%zz');
    const endless = await problem(`/sample/orders/${'9'.repeat(300)}`);
    for (const { status, headers, body } of [malformed, endless]) {
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'INVALID_REQUEST' });
      expect(headers.get('x-request-id')).not.toBeNull();
    }
  });

  it('is answered even when it is not HTTP at all', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write('HELLO\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('x-request-id: ');
    expect(answer).toContain('"code":"INVALID_REQUEST"');
  });
});
