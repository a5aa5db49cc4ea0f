import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Outbox } from '@onepoint/messaging';
import { Database } from '@onepoint/persistence';
import type { ChangeAnswer } from '../domain/ledger-plan.ts';
import type { PointChange } from '../domain/point-change.ts';
import { PointPlace } from '../testing/point-place.ts';
import { StoredLedger } from './stored-ledger.ts';

const NOW = Date.parse('2026-11-23T03:00:00.000Z');
const SAVED = 100;

describe.each(['sqlite', 'mysql'] as const)('uses of known accounts on %s', (dialect) => {
  let place: PointPlace;
  beforeAll(async () => {
    place = new PointPlace(dialect);
    await place.start({ POINT_SWEEP_EVERY_MS: '60000' });
    await place.start({ POINT_SWEEP_EVERY_MS: '60000' });
  });
  afterAll(() => place.remove());

  let [member, lastDeal] = [0, 0];
  /** Of two processes; the first knows the member's account. */
  let ledger: StoredLedger;
  let other: StoredLedger;
  beforeEach(async () => {
    member += 1;
    [ledger, other] = [ledgerOf(0), ledgerOf(1)];
    await ledger.changeMemberships([{ memberId: member, change: 'joined' }], NOW);
    await change(ledger, 'save', SAVED);
  });

  function ledgerOf(replica: number): StoredLedger {
    const { app } = place.replica(replica).service;
    return new StoredLedger(app.get(Database), app.get(Outbox));
  }

  function deal(kind: 'use' | 'save', point: number): PointChange {
    lastDeal += 1;
    return { dealId: lastDeal, memberId: member, kind, point, originalDealId: null };
  }

  async function apply(
    by: StoredLedger,
    changes: readonly PointChange[],
  ): Promise<readonly ChangeAnswer[]> {
    const arriving = changes.map((each) => ({
      ...{ change: each, hasWaited: false, waitedEnough: false },
    }));
    return by.apply(arriving, NOW);
  }

  async function change(
    by: StoredLedger,
    kind: 'use' | 'save',
    point: number,
  ): Promise<ChangeAnswer> {
    const [answer] = await apply(by, [deal(kind, point)]);
    return answer!;
  }

  /** The account, and its history as it stands in the ledger, oldest first. */
  const books = () =>
    place.inDatabase(async (tx) => {
      const [account] = await tx.query<{ balance: number; sequence: number }>(
        'SELECT balance, sequence FROM account WHERE member_id = ?',
        [member],
      );
      const lines = await tx.query<{ sequence: number; delta: number }>(
        `SELECT sequence, delta FROM ledger_entry
         WHERE member_id = ? AND sequence IS NOT NULL ORDER BY sequence`,
        [member],
      );
      return { account, lines };
    });

  async function expectBalance(balance: number): Promise<void> {
    const { account, lines } = await books();
    expect(lines.reduce((sum, { delta }) => sum + delta, 0)).toBe(balance);
    // The account was opened with its first sequence; each line has the next.
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, place) => place + 2));
    expect(account).toEqual({ balance, sequence: lines.length + 1 });
  }

  it('are decided without reading them', async () => {
    // Nobody does so: every change of an account is in its ledger.
    await place.inDatabase((tx) =>
      tx.execute('UPDATE account SET balance = 7 WHERE member_id = ?', [member]),
    );
    expect(await change(ledger, 'use', 60)).toMatchObject({ outcome: 'applied', balance: 40 });
    expect(await change(ledger, 'use', 30)).toMatchObject({ outcome: 'applied', balance: 10 });
  });

  it('are decided one after the other in a batch', async () => {
    const answers = await apply(ledger, [deal('use', 60), deal('use', 40)]);
    expect(answers).toMatchObject([
      { outcome: 'applied', balance: 40 },
      { outcome: 'applied', balance: 0 },
    ]);
    await expectBalance(0);
  });

  it('see what another process has saved or spent meanwhile', async () => {
    await change(other, 'use', 30);
    expect(await change(ledger, 'use', 20)).toMatchObject({ outcome: 'applied', balance: 50 });
    await change(other, 'save', 5);
    expect(await change(ledgerOf(0), 'use', 20)).toMatchObject({ outcome: 'applied', balance: 35 });
    await expectBalance(35);
  });

  it('are refused where another process has spent what was known to be there', async () => {
    await change(other, 'use', SAVED);
    expect(await change(ledger, 'use', 1)).toMatchObject({
      ...{ outcome: 'refused', reason: 'INSUFFICIENT_POINTS', balance: 0 },
    });
    await expectBalance(0);
  });

  it('are not refused where another process has saved what was not known to be there', async () => {
    await change(other, 'save', 50);
    expect(await change(ledger, 'use', 150)).toMatchObject({ outcome: 'applied', balance: 0 });
    await expectBalance(0);
  });

  it('are refused where another process has closed the account', async () => {
    await other.changeMemberships([{ memberId: member, change: 'withdrawn' }], NOW);
    expect(await change(ledger, 'use', 1)).toMatchObject({
      ...{ outcome: 'refused', reason: 'MEMBER_WITHDRAWN' },
    });
    await expectBalance(0);
  });

  it('are answered as the first time when they come again', async () => {
    const once = deal('use', 60);
    const [first] = await apply(ledger, [once]);
    expect(await apply(ledger, [once])).toEqual([first]);
    expect(await apply(ledgerOf(0), [once])).toEqual([first]);
    await expectBalance(40);
  });

  it('never spend more than there is, of two processes at the same time', async () => {
    // On SQLite, which one process has to itself, two of them soon give up.
    const [waves, atOnce] = dialect === 'sqlite' ? [20, 2] : [2, 20];
    const answers: ChangeAnswer[] = [];
    for (let wave = 0; wave < waves; wave += 1) {
      const uses = Array.from({ length: atOnce }, () => deal('use', 3));
      const wait = uses.map((use, place) => apply(place % 2 === 0 ? ledger : other, [use]));
      answers.push(...(await Promise.all(wait)).flat());
    }
    expect(answers.filter(({ outcome }) => outcome === 'applied')).toHaveLength(33);
    await expectBalance(SAVED - 99);
  });

  it('know what a reversal has given back', async () => {
    const [use] = [deal('use', 90)];
    await apply(ledger, [use]);
    await ledger.reverse([{ dealId: use.dealId, memberId: member, point: 90 }], NOW);
    expect(await change(ledger, 'use', SAVED)).toMatchObject({ outcome: 'applied', balance: 0 });
    await expectBalance(0);
  });
});
