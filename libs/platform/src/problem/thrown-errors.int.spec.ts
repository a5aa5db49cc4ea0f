import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from '@onepoint/persistence';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { fault, sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import { httpStatusOfCode } from './http-status-of-code.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService(sampleBlueprint(sampleSettings()));
});
afterAll(() => service.stop());

describe('a thrown error', () => {
  const thrown = async (error: unknown) => {
    fault.next = error;
    const response = await fetch(`${service.url}/sample/fault`);
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };

  it('with a code of the table becomes that problem, with its own members', async () => {
    const error = Object.assign(new Error('deal 7 is cancelled'), {
      code: 'DEAL_ALREADY_CANCELLED',
      detail: { cancelledByDealId: 8, status: 200, code: 'X' },
    });
    const { status, headers, body } = await thrown(error);
    expect(status).toBe(409);
    expect(headers.has('retry-after')).toBe(false);
    expect(body).toEqual({
      type: '/problems/DEAL_ALREADY_CANCELLED',
      title: 'Deal already cancelled',
      status: 409,
      detail: 'deal 7 is cancelled',
      instance: '/sample/fault',
      code: 'DEAL_ALREADY_CANCELLED',
      cancelledByDealId: 8,
    });
  });

  it.each(Object.entries(httpStatusOfCode))('%s is answered with %i', async (code, expected) => {
    const { status, body } = await thrown(Object.assign(new Error('why'), { code }));
    expect({ status, code: body['code'] }).toEqual({ status: expected, code });
  });

  it.each([
    ['OVERLOADED', undefined, '1'],
    ['REQUEST_IN_PROGRESS', undefined, '1'],
    ['POINT_UNAVAILABLE', 5, '5'],
  ])('%s says when to ask again', async (code, retryAfterS, expected) => {
    const { headers } = await thrown(Object.assign(new Error('later'), { code, retryAfterS }));
    expect(headers.get('retry-after')).toBe(expected);
  });

  const unforeseen: [string, unknown][] = [
    ['an ordinary error', new Error('secret table member_phone')],
    ['a coded error of elsewhere', Object.assign(new Error('secret'), { code: 'EPERM' })],
    ["an HTTP client's error", Object.assign(new Error('secret'), { statusCode: 404 })],
    ['a code that every object has', Object.assign(new Error('secret'), { code: 'toString' })],
    ['a string', 'secret'],
    ['nothing', undefined],
  ];
  it.each(unforeseen)('that nobody foresaw leaks nothing: %s', async (_what, error) => {
    const { status, body } = await thrown(error);
    expect({ status, code: body['code'] }).toEqual({ status: 500, code: 'INTERNAL_ERROR' });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('of a lost database is answered with 503 and when to ask again', async () => {
    const error = new Error('could not save', {
      cause: new DatabaseUnavailable('connect ECONNREFUSED 10.0.0.7:3306'),
    });
    const { status, headers, body } = await thrown(error);
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(headers.get('retry-after')).toBe('1');
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });
});
