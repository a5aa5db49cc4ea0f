import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberPlace } from './test-member.ts';
import type { Answer } from './test-member.ts';

const seo = { name: '안서연', phone: '01011111111', address: '용인시 기흥구 구갈동' };
const jun = { name: '김준혁', phone: '0102223111', address: '경기도 하남시' };
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const codesOf = (answers: readonly Answer[]): unknown[] =>
  answers.map(({ status, body }) => body['code'] ?? status).sort();

describe.each(['sqlite', 'mysql'] as const)('members on %s', (dialect) => {
  let place: MemberPlace;

  beforeEach(async () => {
    place = new MemberPlace(dialect);
    await place.start();
  });
  afterEach(() => place.remove());

  const signUp = (body: unknown): Promise<Answer> => place.ask('POST', '/members', body);

  it('live from the sign-up to the withdrawal, and the others hear of it', async () => {
    const joined = await signUp(seo);
    expect(joined.status).toBe(201);
    expect(joined.body).toEqual({
      id: 1,
      ...seo,
      email: null,
      status: 'valid',
      joinedAt: iso,
      updatedAt: joined.body['joinedAt'],
      withdrawnAt: null,
    });
    expect((await signUp(jun)).body).toMatchObject({ id: 2, phone: '0102223111' });

    expect(await place.ask('GET', '/members/1')).toMatchObject({ status: 200, body: joined.body });
    const found = await place.ask('GET', '/members?phone=010-1111-1111');
    expect(found).toMatchObject({ status: 200, body: joined.body });

    const changes = {
      name: '안서윤',
      phone: '+82 10 3333',
      address: null,
      email: 'seo@example.kr',
    };
    const changed = await place.ask('PATCH', '/members/1', changes);
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...joined.body, ...changes, phone: '82103333', updatedAt: iso });
    expect((await place.ask('GET', '/members/1')).body).toEqual(changed.body);
    expect((await place.ask('GET', '/members?phone=01011111111')).status).toBe(404);

    const left = await place.ask('DELETE', '/members/1');
    expect(left.status).toBe(200);
    expect(left.body).toEqual({
      id: 1,
      name: null,
      phone: null,
      address: null,
      email: null,
      status: 'withdrawn',
      joinedAt: joined.body['joinedAt'],
      updatedAt: left.body['withdrawnAt'],
      withdrawnAt: iso,
    });
    expect(await place.ask('GET', '/members/1')).toMatchObject({ status: 200, body: left.body });
    expect(await place.ask('DELETE', '/members/1')).toMatchObject({ status: 200, body: left.body });

    const events = await place.transport.events(4);
    expect(events.map(({ key, subject, sequence }) => [key, subject, sequence])).toEqual([
      ['member.created.v1', 'member/1', 1],
      ['member.created.v1', 'member/2', 1],
      ['member.updated.v1', 'member/1', 2],
      ['member.withdrawn.v1', 'member/1', 3],
    ]);
    expect(events.map(({ data }) => data)).toEqual([
      { memberId: 1, joinedAt: joined.body['joinedAt'] },
      { memberId: 2, joinedAt: iso },
      { memberId: 1, changed: ['name', 'phone', 'address', 'email'] },
      { memberId: 1, withdrawnAt: left.body['withdrawnAt'] },
    ]);
  });

  it('who have withdrawn cannot be changed or found, and their phone may sign up again', async () => {
    await signUp(seo);
    await place.ask('DELETE', '/members/1');
    const changed = await place.ask('PATCH', '/members/1', { name: '안서윤' });
    expect(changed).toMatchObject({ status: 409, body: { code: 'MEMBER_WITHDRAWN' } });
    expect((await place.ask('GET', '/members?phone=01011111111')).status).toBe(404);
    expect(await signUp(seo)).toMatchObject({ status: 201, body: { id: 2, ...seo } });
    expect((await place.ask('GET', '/members/1')).body).toMatchObject({ name: null, phone: null });
  });

  it('do not share a phone, however it is written', async () => {
    await signUp(seo);
    const again = await signUp({ ...jun, phone: ' (010) 1111-1111' });
    expect(again).toMatchObject({ status: 409, body: { code: 'MEMBER_PHONE_TAKEN' } });
    expect(JSON.stringify(again.body)).not.toContain('1111');
    expect((await signUp(jun)).body).toMatchObject({ id: 2 });
    const moved = await place.ask('PATCH', '/members/2', { phone: seo.phone });
    expect(moved).toMatchObject({ status: 409, body: { code: 'MEMBER_PHONE_TAKEN' } });
    expect((await place.ask('GET', '/members/2')).body).toMatchObject(jun);
  });

  it('who say what was known already have not changed', async () => {
    const { body } = await signUp(seo);
    const same = await place.ask('PATCH', '/members/1', { phone: '010 1111 1111', email: null });
    expect(same).toMatchObject({ status: 200, body });
    await place.ask('DELETE', '/members/1');
    expect((await place.transport.events(2)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('of twenty sign-ups with one phone at once exactly one wins', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `회원 ${at}`);
    const answers = await Promise.all(names.map((name) => signUp({ ...seo, name })));
    expect(codesOf(answers)).toEqual([201, ...Array(19).fill('MEMBER_PHONE_TAKEN')]);
    const rows = await place.inDatabase((sql) => sql.query('SELECT id FROM member'));
    expect(rows).toHaveLength(1);
    await place.ask('DELETE', `/members/${(rows[0] as { id: number }).id}`);
    expect(await place.transport.events(2)).toHaveLength(2);
  });

  it('of ten changes to one phone at once exactly one wins', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => at);
    const joined = await Promise.all(
      ids.map((at) => signUp({ name: '회원', phone: `0100000${at}` })),
    );
    const answers = await Promise.all(
      joined.map(({ body }) => place.ask('PATCH', `/members/${body['id']}`, { phone: '9999999' })),
    );
    expect(codesOf(answers)).toEqual([200, ...Array(9).fill('MEMBER_PHONE_TAKEN')]);
  });

  it('withdraw once, however many ask at once', async () => {
    await signUp(seo);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => place.ask('DELETE', '/members/1')),
    );
    expect(new Set(all.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    await signUp(seo);
    const events = await place.transport.events(3);
    expect(events.map(({ key }) => key)).toEqual([
      'member.created.v1',
      'member.withdrawn.v1',
      'member.created.v1',
    ]);
  });

  it('sign up and withdraw while the broker is away; the events follow when it is back', async () => {
    place.transport.status = 'down';
    expect((await signUp(seo)).status).toBe(201);
    expect((await place.ask('DELETE', '/members/1')).status).toBe(200);
    const ready = await place.ask('GET', '/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { details: { database: { status: 'up' } } } });
    expect(JSON.stringify(ready.body)).toContain('degraded');
    expect(place.transport.bodies).toEqual([]);
    place.transport.status = 'up';
    expect((await place.transport.events(2)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('do not exist when their event cannot be written', async () => {
    await place.inDatabase((sql) => sql.execute('ALTER TABLE outbox RENAME TO outbox_away'));
    expect((await signUp(seo)).body).toMatchObject({ code: 'INTERNAL_ERROR' });
    await place.inDatabase((sql) => sql.execute('ALTER TABLE outbox_away RENAME TO outbox'));
    expect(await place.inDatabase((sql) => sql.query('SELECT id FROM member'))).toEqual([]);
    expect((await signUp(seo)).status).toBe(201);
  });
});
