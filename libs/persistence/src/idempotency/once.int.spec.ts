import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '../database.ts';
import { isDuplicateKey } from '../errors/is-duplicate-key.ts';
import { enginesWith, openFresh } from '../spec/storages.ts';
import type { Transaction } from '../sql.ts';
import { claimKeys } from './claim-keys.ts';
import { dropExpiredKeys } from './drop-expired-keys.ts';
import { findKeys } from './find-keys.ts';
import { IdempotencyKeyReused, KeyNotClaimed, RequestInProgress } from './idempotency.errors.ts';
import { keepAnswers } from './keep-answers.ts';
import { claimIdOf, fingerprintOf } from './key-claim.ts';
import type { KeyClaim } from './key-claim.ts';
import { once } from './once.ts';
import { releaseKeys } from './release-keys.ts';

const claimOf = (key: string, body: unknown = 1, caller = 'merchant:1'): KeyClaim => ({
  caller,
  key,
  fingerprint: fingerprintOf({ route: 'POST /purses', body }),
});

describe.each(enginesWith(process.env['MYSQL_URL']))('idempotency keys on $engine', ({ fresh }) => {
  let db: Database;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ db, end } = await openFresh(fresh));
  });
  afterAll(() => end());

  const makePurse = async (tx: Transaction): Promise<{ status: number; body: { id: number } }> => {
    const { ids } = await tx.insertRows('purse', [{ balance: 0 }]);
    return { status: 201, body: { id: ids[0] ?? 0 } };
  };
  const countPurses = async (): Promise<number> => {
    const [row] = await db.read((sql) =>
      sql.query<{ count: number }>('SELECT COUNT(*) AS count FROM purse'),
    );
    return row?.count ?? NaN;
  };

  it('does the work once and gives a repetition the first answer', async () => {
    const before = await countPurses();
    const first = await once(db, claimOf('again'), 1, makePurse);
    const second = await once(db, claimOf('again'), 2, makePurse);
    expect(first).toEqual({ status: 201, body: { id: expect.any(Number) }, replayed: false });
    expect(second).toEqual({ ...first, replayed: true });
    expect(await countPurses()).toBe(before + 1);
  });

  it('does the work once when the same request comes many times at once', async () => {
    const before = await countPurses();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => once(db, claimOf('at once'), 1, makePurse)),
    );
    expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await countPurses()).toBe(before + 1);
  });

  it('refuses the key of another request, and gives each caller keys of his own', async () => {
    await once(db, claimOf('mine', { a: 1, b: 2 }), 1, makePurse);
    const same = await once(db, claimOf('mine', { b: 2, a: 1 }), 1, makePurse);
    const other = once(db, claimOf('mine', { a: 2 }), 1, makePurse);
    await expect(other).rejects.toBeInstanceOf(IdempotencyKeyReused);
    const stranger = await once(db, claimOf('mine', { a: 2 }, 'merchant:2'), 1, makePurse);
    expect([same.replayed, stranger.replayed]).toEqual([true, false]);
  });

  it('says that the first request is running while it has no answer', async () => {
    await db.transaction((tx) => claimKeys(tx, [{ claim: claimOf('slow'), subjectId: 7 }], 1));
    const repetition = once(db, claimOf('slow'), 2, makePurse);
    await expect(repetition).rejects.toBeInstanceOf(RequestInProgress);
    await db.transaction((tx) =>
      keepAnswers(tx, [{ claim: claimOf('slow'), status: 201, body: { id: 7 } }]),
    );
    const answer = await once(db, claimOf('slow'), 3, makePurse);
    expect(answer).toEqual({ status: 201, body: { id: 7 }, replayed: true });
  });

  it('leaves the key free when the work throws, duplicates of its own included', async () => {
    const duplicate = async (tx: Transaction): Promise<never> => {
      await tx.insertRows('purse', [{ label: 'one', balance: 0 }]);
      await tx.insertRows('purse', [{ label: 'one', balance: 0 }]);
      throw new Error('not reached');
    };
    const error: unknown = await once(db, claimOf('free'), 1, duplicate).catch((e: unknown) => e);
    expect(isDuplicateKey(error)).toBe(true);
    expect((await once(db, claimOf('free'), 1, makePurse)).replayed).toBe(false);
  });

  it('works without a key', async () => {
    expect((await once(db, null, 1, makePurse)).replayed).toBe(false);
  });

  it('finds, claims and answers many keys together', async () => {
    const claims = Array.from({ length: 450 }, (_, n) =>
      claimOf(`batch ${n}`, n, `merchant:${n % 3}`),
    );
    const rows = claims.map((claim, n) => ({
      claim,
      status: 200 + (n % 2),
      body: { n, text: '김' },
    }));
    await db.transaction(async (tx) => {
      await claimKeys(
        tx,
        claims.map((claim, n) => ({ claim, subjectId: n + 1 })),
        5,
      );
      await keepAnswers(tx, rows);
    });
    const found = await db.read((sql) => findKeys(sql, [...claims, claimOf('unknown')]));
    expect(found.size).toBe(450);
    expect(claims.map((claim) => found.get(claimIdOf(claim)))).toEqual(
      rows.map(({ claim, status, body }, n) => ({ ...claim, subjectId: n + 1, status, body })),
    );
    expect((await db.read((sql) => findKeys(sql, []))).size).toBe(0);
  });

  it('claims a key with its answer when that is known at once', async () => {
    const answer = { status: 201, body: { id: 3 } };
    await db.transaction((tx) => claimKeys(tx, [{ claim: claimOf('both'), answer }], 1));
    expect(await once(db, claimOf('both'), 1, makePurse)).toEqual({ ...answer, replayed: true });
  });

  it('lets a released key be used again, by its own caller only', async () => {
    const [mine, theirs] = [claimOf('back'), claimOf('back', 1, 'merchant:2')];
    await db.transaction((tx) => claimKeys(tx, [{ claim: mine }, { claim: theirs }], 1));
    await db.transaction(async (tx) => releaseKeys(tx, [mine]));
    expect((await once(db, mine, 1, makePurse)).replayed).toBe(false);
    await expect(once(db, theirs, 1, makePurse)).rejects.toBeInstanceOf(RequestInProgress);
  });

  it('keeps no answer for a key that nobody claimed', async () => {
    const rows = [{ claim: claimOf('never'), status: 200, body: null }];
    const work = db.transaction((tx) => keepAnswers(tx, rows));
    await expect(work).rejects.toBeInstanceOf(KeyNotClaimed);
  });

  it('drops the keys from before a moment, slice by slice, and no others', async () => {
    await dropExpiredKeys(db, 1_000);
    const claims = [1_000, 1_001, 1_002, 1_003, 1_004].map((at) => ({
      claim: claimOf(`at ${at}`),
      at,
    }));
    for (const { claim, at } of claims)
      await db.transaction((tx) => claimKeys(tx, [{ claim }], at));
    expect(await dropExpiredKeys(db, 1_004, 2)).toBe(4);
    const left = await db.read((sql) =>
      findKeys(
        sql,
        claims.map(({ claim }) => claim),
      ),
    );
    expect([...left.values()].map((kept) => kept.key)).toEqual(['at 1004']);
  });
});
