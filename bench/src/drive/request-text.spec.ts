import { describe, expect, it } from '@jest/globals';
import type { DriveOrder } from '../drive-load.ts';
import { requestTexts } from './request-text.ts';

const order: DriveOrder = {
  ...{ urls: ['http://127.0.0.1:1/deals', 'http://127.0.0.1:2/deals'], what: 'use' },
  ...{ clients: 2, seconds: 1, warmUp: 0, pauseMs: 0, credential: 'secret', withKeys: true },
  ...{ firstMember: 5, members: 1, firstMerchant: 7, merchants: 1 },
};
const marks = { keys: 'run', phones: '123' };

describe('the text of a request', () => {
  it('is a use with a key of its own, to the url that is meant', () => {
    const [head, body = ''] = requestTexts(order, marks)(1, 42).split('\r\n\r\n');
    expect(head?.split('\r\n')).toEqual([
      ...['POST /deals HTTP/1.1', 'host: 127.0.0.1:2', 'content-type: application/json'],
      ...['authorization: Bearer secret', 'idempotency-key: run-42'],
      `content-length: ${body.length}`,
    ]);
    expect(JSON.parse(body)).toEqual({
      ...{ memberId: 5, merchantId: 7, dealAmount: 1000, type: 'use', point: 1 },
    });
  });

  it('shows no credential and no key where there are none', () => {
    const text = requestTexts({ ...order, credential: null, withKeys: false }, marks)(0, 1);
    expect(text).not.toMatch(/authorization|idempotency/);
  });

  it('is a sign-up with a phone of its own', () => {
    const textOf = requestTexts({ ...order, what: 'sign-up' }, marks);
    expect(textOf(0, 42)).toContain('{"name":"Bench 42","phone":"123000042"}');
    expect(textOf(0, 43)).toContain('"phone":"123000043"');
  });
});
