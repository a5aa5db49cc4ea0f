import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberPlace } from './test-member.ts';

const valid = { name: '안서연', phone: '01011111111' };

describe.each(['sqlite', 'mysql'] as const)('bad input on %s', (dialect) => {
  const place = new MemberPlace(dialect);

  beforeAll(async () => {
    await place.start();
    await place.ask('POST', '/members', { name: '김준혁', phone: '0102223111' });
  });
  afterAll(() => place.remove());

  const fields = [
    ['no name', { phone: '01011111111' }, 'name'],
    ['no phone', { name: '안서연' }, 'phone'],
    ['a null name', { ...valid, name: null }, 'name'],
    ['a number for a name', { ...valid, name: 1 }, 'name'],
    ['a blank name', { ...valid, name: ' \u3000' }, 'name'],
    ['a name of 101 characters', { ...valid, name: '가'.repeat(101) }, 'name'],
    ['a huge name', { ...valid, name: '가'.repeat(20_000) }, 'name'],
    ['half a character', { ...valid, name: '\ud83d' }, 'name'],
    ['a NUL', { ...valid, name: 'A\0' }, 'name'],
    ['a number for a phone', { ...valid, phone: 1011111111 }, 'phone'],
    ['an empty phone', { ...valid, phone: '' }, 'phone'],
    ['a short phone', { ...valid, phone: '123456' }, 'phone'],
    ['a long phone', { ...valid, phone: '1'.repeat(16) }, 'phone'],
    ['letters in a phone', { ...valid, phone: '010x1111111' }, 'phone'],
    ['a list for a phone', { ...valid, phone: ['01011111111'] }, 'phone'],
    ['a blank address', { ...valid, address: ' ' }, 'address'],
    ['a long address', { ...valid, address: 'a'.repeat(301) }, 'address'],
    ['an object for an address', { ...valid, address: {} }, 'address'],
    ['no email address', { ...valid, email: 'seo' }, 'email'],
    ['a long email', { ...valid, email: `${'a'.repeat(250)}@b.kr` }, 'email'],
    ['a boolean for an email', { ...valid, email: true }, 'email'],
    ['an unknown field', { ...valid, id: 7 }, 'id'],
    ['a status', { ...valid, status: 'valid' }, 'status'],
  ] as const;

  it.each(fields)('a sign-up with %s is refused by name', async (_what, body, path) => {
    const { status, body: problem } = await place.ask('POST', '/members', body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ path }] });
  });

  it.each(fields.filter(([what]) => !what.startsWith('no ')))(
    'a change with %s is refused by name',
    async (_what, body, path) => {
      const { status, body: problem } = await place.ask('PATCH', '/members/1', body);
      expect(status).toBe(400);
      expect(problem).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ path }] });
    },
  );

  it.each([
    ['broken JSON', '{"name":', 400, 'MALFORMED_JSON'],
    ['nothing', '', 400, 'MALFORMED_JSON'],
    ['a list', '[]', 400, 'INVALID_REQUEST'],
    ['null', 'null', 400, 'INVALID_REQUEST'],
    ['a text', '"안서연"', 400, 'INVALID_REQUEST'],
    ['70,000 bytes', JSON.stringify({ name: 'a'.repeat(70_000) }), 413, 'BODY_TOO_LARGE'],
  ])('a body of %s is refused', async (_what, text, status, code) => {
    for (const [method, path] of [
      ['POST', '/members'],
      ['PATCH', '/members/1'],
    ] as const) {
      expect(await place.ask(method, path, text)).toMatchObject({ status, body: { code } });
    }
  });

  it('a prototype in the body is refused', async () => {
    const body = `{"name":"a","phone":"01011111111","__proto__":{"name":"b"}}`;
    expect((await place.ask('POST', '/members', body)).status).toBe(400);
  });

  it('another media type is refused', async () => {
    const answer = await place.ask('POST', '/members', JSON.stringify(valid), {
      'content-type': 'text/plain',
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it('a change of nothing is refused', async () => {
    const answer = await place.ask('PATCH', '/members/1', {});
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it.each(['0', '-1', '1.5', 'abc', '1e3', '9007199254740993', '%20', '1%00', "1'--"])(
    'the id %s is refused',
    async (id) => {
      for (const [method, body] of [
        ['GET', undefined],
        ['PATCH', { name: '안' }],
        ['DELETE', undefined],
      ] as const) {
        const { status, body: problem } = await place.ask(method, `/members/${id}`, body);
        expect([status, problem['code']]).toEqual([400, 'INVALID_REQUEST']);
      }
    },
  );

  it.each(['2', '9007199254740991'])('nobody has the id %s', async (id) => {
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: '안' }],
      ['DELETE', undefined],
    ] as const) {
      const { status, body: problem } = await place.ask(method, `/members/${id}`, body);
      expect([status, problem['code']]).toEqual([404, 'MEMBER_NOT_FOUND']);
    }
  });

  it('an id may be written as the first clients write it', async () => {
    expect((await place.ask('GET', '/members/0001')).body).toMatchObject({ id: 1 });
  });

  it.each(['', '?phone=', '?phone=abc', '?phone=1234567&phone=1234568', '?phone=1234567&name=a'])(
    'a search by %j is refused',
    async (query) => {
      const answer = await place.ask('GET', `/members${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    },
  );

  it.each(['', 'ü', 'k'.repeat(256)])('the idempotency key %j is refused', async (key) => {
    const bytes = Buffer.from(key).toString('latin1');
    const answer = await place.ask('POST', '/members', valid, { 'idempotency-key': bytes });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('and none of it left anything behind', async () => {
    const rows = await place.inDatabase((sql) => sql.query('SELECT id, sequence FROM member'));
    expect(rows).toEqual([{ id: 1, sequence: 1 }]);
    expect(
      await place.inDatabase((sql) => sql.query('SELECT caller FROM idempotency_key')),
    ).toEqual([]);
  });
});
