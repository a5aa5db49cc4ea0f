import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemberPlace } from './test-member.ts';
import type { Answer } from './test-member.ts';

const seo = { name: '안서연', phone: '01011111111', address: '용인시 기흥구 구갈동' };
const jun = { name: '김준혁', phone: '0102223111', address: '경기도 하남시' };

describe.each(['sqlite', 'mysql'] as const)(
  'a sign-up with an Idempotency-Key on %s',
  (dialect) => {
    let place: MemberPlace;

    beforeEach(async () => {
      place = new MemberPlace(dialect);
      await place.start();
    });
    afterEach(() => place.remove());

    const signUp = (body: unknown, key?: string): Promise<Answer> =>
      place.ask('POST', '/members', body, key === undefined ? {} : { 'idempotency-key': key });

    it('that comes again gets its first answer, also after changes and the withdrawal', async () => {
      const first = await signUp(seo, 'order-1');
      expect(first.headers.get('idempotent-replayed')).toBeNull();
      await place.ask('PATCH', '/members/1', { name: '안서윤' });
      const again = await signUp(
        { address: seo.address, phone: seo.phone, name: seo.name },
        'order-1',
      );
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      await place.ask('DELETE', '/members/1');
      expect(await signUp(seo, 'order-1')).toMatchObject({ status: 201, body: first.body });
      expect((await place.ask('GET', '/members/2')).status).toBe(404);
    });

    it('is refused when it says something else', async () => {
      await signUp(seo, 'order-1');
      const other = await signUp({ ...seo, address: '하남시' }, 'order-1');
      expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    });

    it('that comes ten times at once makes one member', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(seo, 'order-1')));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => body['id']))).toEqual(new Set([1]));
    });

    it('that was refused leaves its key free', async () => {
      await signUp(seo);
      expect((await signUp({ ...jun, phone: seo.phone }, 'order-1')).status).toBe(409);
      await place.ask('DELETE', '/members/1');
      expect((await signUp({ ...jun, phone: seo.phone }, 'order-1')).status).toBe(201);
    });
  },
);
