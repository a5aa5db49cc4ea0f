import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '@onepoint/persistence';
import { ForgetOldKeys } from '@onepoint/platform';
import { MemberPlace } from './test-member.ts';

const seo = { name: '안서연', phone: '01011111111', address: null, email: null };
const jun = { name: '김준혁', phone: '0102223111', address: null, email: null };
const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

describe.each(['sqlite', 'mysql'] as const)('personal data on %s', (dialect) => {
  let place: MemberPlace;

  beforeEach(() => {
    place = new MemberPlace(dialect);
  });
  afterEach(() => place.remove());

  const keyIds = (): Promise<{ id: number; keyId: string | null }[]> =>
    place.inDatabase((sql) => sql.query('SELECT id, key_id AS keyId FROM member ORDER BY id'));

  it('is nowhere in clear: not in the tables, not in the events, not in the logs', async () => {
    await place.start();
    const first = {
      name: 'MARKERNAME 표시이름',
      phone: '990-0887-7661',
      address: 'MARKERADDRESS 1',
      email: 'markermail@marker.example',
    };
    const second = { name: 'MARKERSECOND', phone: '99008877662' };
    const key = { 'idempotency-key': 'order-1' };
    await place.ask('POST', '/members', first, key);
    await place.ask('POST', '/members', first, key);
    await place.ask('POST', '/members', first);
    await place.ask('PATCH', '/members/1', second);
    await place.ask('GET', `/members?phone=${second.phone}`);
    await place.ask('GET', '/members?phone=MARKERPHONE');
    await place.ask('POST', '/members', { ...first, phone: 'MARKERPHONE', MARKERFIELD: 1 });
    await place.ask('POST', '/members', '{"name":"MARKERBROKEN');
    const stored = await place.storedBytes();
    await place.inDatabase((sql) => sql.execute('UPDATE member SET sealed = key_id'));
    expect((await place.ask('GET', '/members/1')).status).toBe(500);
    await place.transport.events(2);

    const markers = ['MARKER', 'marker', '표시이름', '9900887766', '990-0887'];
    const shown: Record<string, string> = {
      stored: stored.toString('latin1'),
      events: place.transport.bodies.join(),
      logs: place.logLines.join(),
    };
    for (const text of Object.values(shown)) {
      expect(text.length).toBeGreaterThan(500);
      for (const marker of markers) {
        expect(text).not.toContain(marker);
        expect(text).not.toContain(Buffer.from(marker).toString('latin1'));
        expect(text).not.toContain(Buffer.from(marker).toString('hex'));
      }
    }
    expect(shown['logs']).toContain('SealBroken');
  });

  it('is erased by a withdrawal, together with the hash of the phone', async () => {
    await place.start();
    await place.ask('POST', '/members', seo);
    await place.ask('DELETE', '/members/1');
    const rows = await place.inDatabase((sql) => sql.query('SELECT * FROM member'));
    expect(rows).toEqual([
      expect.objectContaining({
        id: 1,
        status: 'withdrawn',
        phone_hash: null,
        key_id: null,
        sealed: null,
      }),
    ]);
  });

  it('of one member does not pass for that of another', async () => {
    await place.start();
    await place.ask('POST', '/members', seo);
    await place.ask('POST', '/members', jun);
    const [one, two] = await place.inDatabase((sql) =>
      sql.query<{ sealed: Uint8Array }>('SELECT sealed FROM member ORDER BY id'),
    );
    await place.inDatabase(async (sql) => {
      await sql.execute('UPDATE member SET sealed = ? WHERE id = 1', [two?.sealed]);
      await sql.execute('UPDATE member SET sealed = ? WHERE id = 2', [one?.sealed]);
    });
    for (const id of [1, 2]) {
      const answer = await place.ask('GET', `/members/${id}`);
      expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    }
    expect((await place.ask('DELETE', '/members/1')).status).toBe(200);
  });

  it('is written under a new key and read under the old one', async () => {
    await place.start();
    await place.ask('POST', '/members', seo);
    await place.stop();
    await place.start({ MEMBER_DATA_KEYS: `${newKey('k2')},${place.dataKey}` });
    expect((await place.ask('GET', '/members/1')).body).toMatchObject(seo);
    await place.ask('POST', '/members', jun);
    expect(await keyIds()).toEqual([
      { id: 1, keyId: 'k1' },
      { id: 2, keyId: 'k2' },
    ]);
    await place.ask('PATCH', '/members/1', { address: '용인시' });
    expect((await keyIds())[0]).toEqual({ id: 1, keyId: 'k2' });
    expect((await place.ask('GET', '/members?phone=01011111111')).body).toMatchObject({ id: 1 });
  });

  it.each([
    ['data keys', { MEMBER_DATA_KEYS: newKey('k1') }],
    ['hash key', { MEMBER_HASH_KEY: randomBytes(32).toString('base64') }],
  ])('is not served by a process with another %s', async (_what, env) => {
    await place.start();
    await place.ask('POST', '/members', seo);
    await place.stop();
    await expect(place.start(env)).rejects.toMatchObject({ name: 'KeysDoNotFit' });
  });

  it('is not kept with idempotency keys, which are forgotten when they have had their time', async () => {
    await place.start();
    await place.ask('POST', '/members', seo, { 'idempotency-key': 'order-1' });
    const kept = await place.inDatabase((sql) =>
      sql.query<{ body: string; fingerprint: string }>(
        'SELECT response_body AS body, fingerprint FROM idempotency_key',
      ),
    );
    expect(kept.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { memberId: 1, joinedAt: expect.any(Number) },
    ]);
    // A hash without a key could be guessed: there are not many phones.
    const guess = fingerprintOf({ route: 'POST /members', body: seo });
    expect(kept[0]?.fingerprint).not.toBe(guess);
    const forgetting = place.app.get(ForgetOldKeys);
    expect(await forgetting.forget()).toBe(0);
    await place.inDatabase((sql) =>
      sql.execute('UPDATE idempotency_key SET created_at = created_at - ?', [48 * 3_600_000 + 1]),
    );
    expect(await forgetting.forget()).toBe(1);
  });
});

describe('on a developer’s machine without keys', () => {
  const place = new MemberPlace('sqlite');
  afterEach(() => place.remove());

  it('they are made once, kept beside the members, and mentioned in the log', async () => {
    const file = join(place.folder, 'member-keys.json');
    const none = { MEMBER_DATA_KEYS: '', MEMBER_HASH_KEY: '' };
    await place.start(none);
    expect(existsSync(file)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await place.ask('POST', '/members', seo);
    await place.stop();
    await place.start(none);
    expect((await place.ask('GET', '/members/1')).body).toMatchObject(seo);
    const lines = place.logLines.filter((line) => line.includes('member-keys.json'));
    expect(lines).toEqual([
      expect.stringContaining('were made and are kept in'),
      expect.stringContaining('are kept in'),
    ]);
  });
});
