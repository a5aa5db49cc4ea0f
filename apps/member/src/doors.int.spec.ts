import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberPlace } from './test-member.ts';

const valid = { name: '안서연', phone: '01011111111' };

describe('the doors', () => {
  let place: MemberPlace;
  beforeEach(() => {
    place = new MemberPlace('sqlite');
  });
  afterEach(() => place.remove());

  const routes = [
    ['POST', '/members', valid],
    ['GET', '/members?phone=01011111111', undefined],
    ['GET', '/members/1', undefined],
    ['PATCH', '/members/1', { address: '용인시' }],
    ['DELETE', '/members/1', undefined],
  ] as const;
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

  it('open for operators of members and for nobody else', async () => {
    const service = 's'.repeat(40);
    await place.start({
      SERVICE_TOKEN: service,
      OPERATOR_TOKENS: [
        `alice:${sha256('alice-token')}:members`,
        `bob:${sha256('bob-token')}:merchants+settlement+dashboard`,
      ].join(','),
    });
    for (const [method, path, body] of routes) {
      const statusFor = async (headers: Record<string, string>): Promise<number> =>
        (await place.ask(method, path, body, headers)).status;
      expect(await statusFor({})).toBe(401);
      expect(await statusFor(bearer('mallory-token'))).toBe(401);
      expect(await statusFor(bearer('bob-token'))).toBe(403);
      expect(await statusFor(bearer(service))).toBe(403);
      expect(await statusFor(bearer('alice-token'))).toBeLessThan(300);
    }
  });

  it('are described in OpenAPI, with what they take, answer and refuse', async () => {
    await place.start();
    const { body } = await place.ask('GET', '/docs/openapi.json');
    expect(body).toMatchObject({
      paths: {
        '/members': {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { required: ['name', 'phone'] } },
              },
            },
            responses: { 201: {}, 400: {}, 409: { description: 'MEMBER_PHONE_TAKEN' }, 422: {} },
          },
          get: { parameters: [{ name: 'phone', in: 'query', required: true }] },
        },
        '/members/{id}': {
          get: {
            responses: {
              200: { content: { 'application/json': { schema: { $ref: expect.any(String) } } } },
              404: { description: 'MEMBER_NOT_FOUND' },
            },
          },
          patch: { responses: { 409: { description: 'MEMBER_WITHDRAWN, MEMBER_PHONE_TAKEN' } } },
          delete: { responses: { 200: {} } },
        },
      },
      components: { schemas: { Member: {}, Problem: {} } },
    });
  });
});
