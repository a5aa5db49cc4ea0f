import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dealSays, memberSays } from './testing/events.ts';
import { PointPlace } from './testing/point-place.ts';
import type { Answer } from './testing/point-place.ts';

/** A member of its own for each test, with 100 points. */
let member = 0;
const dealId = (id: number) => member * 1_000 + id;
const deal = (id: number, point = 60) => ({ dealId: dealId(id), memberId: member, point });

async function giveHundred(place: PointPlace): Promise<void> {
  member += 10;
  await place.hear(memberSays.created(member));
  await place.ask('POST', '/pointIncrease', { kind: 'save', ...deal(900, 100) });
}

describe.each(['sqlite', 'mysql'] as const)('a use that Deal gave up, on %s,', (dialect) => {
  let place: PointPlace;
  beforeAll(async () => {
    place = new PointPlace(dialect);
    await place.start();
  });
  afterAll(() => place.remove());
  beforeEach(() => giveHundred(place));

  const debit = (id: number): Promise<Answer> =>
    place.ask('POST', '/pointDecrease', { kind: 'use', ...deal(id) });
  const giveUp = (id: number) => place.hear(dealSays.failed(deal(id)));

  it('is given back once when its debit had happened', async () => {
    expect((await debit(1)).body['balance']).toBe(40);
    await giveUp(1);
    await giveUp(1);
    expect(await place.balance(member)).toBe(100);
    // The first answer stands: the deal has failed whatever it says.
    expect((await debit(1)).body['outcome']).toBe('applied');
    expect(await place.balance(member)).toBe(100);
    const { body } = await place.ask('GET', `/points/${member}/entries?limit=1`);
    expect(body['items']).toMatchObject([
      { kind: 'reversal', dealId: dealId(1), delta: 60, balance: 100 },
    ]);
  });

  it('is refused for ever when its request comes later', async () => {
    await giveUp(1);
    expect((await debit(1)).body).toMatchObject({ outcome: 'refused', reason: 'DEAL_FAILED' });
    expect(await place.balance(member)).toBe(100);
  });

  it('takes no point when both come at once, many times over', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => index + 1).flatMap((id) => [
        debit(id),
        giveUp(id),
        debit(id),
        giveUp(id),
      ]),
    );
    expect(await place.balance(member)).toBe(100);
  });

  it('gives nothing back to an account that was closed meanwhile', async () => {
    await debit(1);
    await place.hear(memberSays.withdrawn(member));
    await giveUp(1);
    expect((await place.ask('GET', `/points/${member}`)).body).toMatchObject({
      point: 0,
      status: 'closed',
    });
    const lines = (await place.entries(member)).map(({ cause, delta }) => [cause, delta]);
    expect(lines).toEqual([
      ['deal', 100],
      ['deal', -60],
      ['withdrawal', -40],
      ['reversal', 60],
      ['forfeiture', -60],
    ]);
    await giveUp(2);
    expect((await debit(2)).body).toMatchObject({ outcome: 'refused', reason: 'DEAL_FAILED' });
  });

  it('is left alone when Deal knows that nothing was debited', async () => {
    await debit(1);
    for (const debitFate of ['none', 'refused', 'not-sent'] as const) {
      await place.hear(dealSays.failed(deal(1), debitFate));
    }
    await place.hear(dealSays.failed(deal(1), 'unknown', 'save'));
    expect(await place.balance(member)).toBe(40);
  });

  it('leaves a tombstone for a member whom nobody knows', async () => {
    const stranger = { ...deal(5, 1), memberId: member + 1 };
    await place.hear(dealSays.failed(stranger), memberSays.created(member + 1));
    const late = await place.ask('POST', '/pointDecrease', { kind: 'use', ...stranger });
    expect(late.body).toMatchObject({ outcome: 'refused', reason: 'DEAL_FAILED' });
  });
});

describe('two replicas of Point on one database', () => {
  let place: PointPlace;
  beforeAll(async () => {
    place = new PointPlace('mysql');
    await place.start();
    await place.start();
  });
  afterAll(() => place.remove());
  beforeEach(() => giveHundred(place));

  const both = <T>(count: number, make: (index: number, replica: number) => Promise<T>) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => index).flatMap((index) => [
        make(index, 0),
        make(index, 1),
      ]),
    );

  it('apply each deal once between them', async () => {
    const answers = await both(40, (index, replica) =>
      place.ask('POST', '/pointDecrease', { kind: 'use', ...deal(index + 1, 5) }, {}, replica),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(80).fill(200));
    expect(await place.balance(member)).toBe(0);
    expect(await place.entries(member)).toHaveLength(41);
  });

  it('agree on deals of members whom nobody knows, though there is no row to lock', async () => {
    const answers = await both(30, (index, replica) => {
      const stranger = { ...deal(index + 1, 5), memberId: member + 1 };
      return place.ask('POST', '/pointDecrease', { kind: 'use', ...stranger }, {}, replica);
    });
    expect(answers.map(({ body }) => body['reason'])).toEqual(Array(60).fill('MEMBER_UNKNOWN'));
  });

  it('open an account once when both hear of it', async () => {
    await both(10, (index, replica) =>
      Promise.all(place.replica(replica).transport.publish([memberSays.created(5_000 + index)])),
    );
    const rows = await place.inDatabase((tx) =>
      tx.query('SELECT member_id FROM account WHERE member_id >= 5000'),
    );
    expect(rows).toHaveLength(10);
  });
});
