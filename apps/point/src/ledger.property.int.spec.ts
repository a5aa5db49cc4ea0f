import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Ledger } from './domain/ledger.ts';
import { AccountModel } from './testing/account-model.ts';
import { histories, piecesOf } from './testing/histories.ts';
import type { Told } from './testing/histories.ts';
import { PointPlace } from './testing/point-place.ts';
import { tellLedger } from './testing/tell-ledger.ts';

const ID_STEP = 1_000;

/** The same history for members and deals of its own. */
function shifted(told: Told, run: number): Told {
  const by = run * ID_STEP;
  const moved = { ...told, memberId: told.memberId + by };
  if (!('dealId' in moved)) return moved;
  const deal = { ...moved, dealId: moved.dealId + by };
  if (!('originalDealId' in deal) || deal.originalDealId === null) return deal;
  return { ...deal, originalDealId: deal.originalDealId + by };
}

describe.each(['sqlite', 'mysql'] as const)('the ledger on %s, whatever it is told,', (dialect) => {
  let place: PointPlace;
  let ledger: Ledger;
  beforeAll(async () => {
    place = new PointPlace(dialect);
    ledger = (await place.start({ POINT_SWEEP_EVERY_MS: '60000' })).service.app.get(Ledger);
  });
  afterAll(() => place.remove());

  it('answers and holds what a much simpler model does, and every balance is the sum of its lines', async () => {
    let run = 0;
    const at = Date.now();
    await fc.assert(
      fc.asyncProperty(histories, fc.array(fc.nat(20), { minLength: 1 }), async (history, cuts) => {
        run += 1;
        const mine = history.map((told) => shifted(told, run));
        const model = new AccountModel();
        const said = await tellLedger(
          {
            apply: (changes) =>
              ledger.apply(
                changes.map((change) => ({ change, hasWaited: false, waitedEnough: false })),
                at,
              ),
            reverse: (failed) => ledger.reverse(failed, at),
            changeMemberships: (changes) => ledger.changeMemberships(changes, at),
          },
          piecesOf(mine, cuts),
        );
        expect(said).toEqual(mine.map((told) => model.tell(told)));
        for (const [memberId, { points }] of model.purses) {
          expect(await ledger.findAccount(memberId)).toMatchObject({ balance: points });
        }
      }),
      { numRuns: 12 },
    );
    const sums = await place.inDatabase((tx) =>
      tx.query<{ balance: number; total: number }>(
        `SELECT account.balance AS balance, COALESCE(SUM(delta), 0) AS total FROM account
         LEFT JOIN ledger_entry ON ledger_entry.member_id = account.member_id
         GROUP BY account.member_id, account.balance`,
      ),
    );
    expect(sums.filter(({ balance, total }) => balance !== total)).toEqual([]);
    expect(sums.length).toBeGreaterThan(0);
  });
});
