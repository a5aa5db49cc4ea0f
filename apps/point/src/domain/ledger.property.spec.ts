import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccountModel } from '../testing/account-model.ts';
import { changeOf, histories, isDeal, piecesOf } from '../testing/histories.ts';
import type { Told } from '../testing/histories.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';
import { tellLedger } from '../testing/tell-ledger.ts';

const cuts = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
const balancesOf = (ledger: MemoryLedger) =>
  [...ledger.accounts.values()].map(({ memberId, balance, status }) => [memberId, balance, status]);

/** What must hold of any ledger at any time (P1). */
function expectSoundBooks(ledger: MemoryLedger): void {
  for (const account of ledger.accounts.values()) {
    const lines = ledger.entries.filter(
      (entry) => entry.memberId === account.memberId && entry.sequence !== null,
    );
    let balance = 0;
    for (const line of lines.toSorted((a, b) => a.sequence! - b.sequence!)) {
      balance += line.delta;
      expect(line.balanceAfter).toBe(balance);
      if (balance < 0 && line.delta < 0) expect(line.kind).toBe('saveCancel');
      if (line.outcome !== 'applied') expect(line.delta).toBe(0);
    }
    expect(account.balance).toBe(balance);
    expect(new Set(lines.map((line) => line.sequence)).size).toBe(lines.length);
    expect(Math.max(0, ...lines.map((line) => line.sequence!))).toBeLessThanOrEqual(
      account.sequence,
    );
    if (account.status === 'closed') expect(account.balance).toBe(0);
  }
  const keys = ledger.entries.map(({ cause, causeId }) => `${cause} ${causeId}`);
  expect(new Set(keys).size).toBe(keys.length);
}

describe('the ledger, whatever it is told', () => {
  it('answers and holds what a much simpler model does, and its books add up', async () => {
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (history, at) => {
        const ledger = new MemoryLedger();
        const model = new AccountModel();
        const said = await tellLedger(ledger, piecesOf(history, at));
        // A piece goes to each door in turn, so the order is that of the history.
        expect(said).toEqual(history.map((told) => model.tell(told)));
        for (const [memberId, { points, isClosed }] of model.purses) {
          expect(ledger.accounts.get(memberId)).toMatchObject({
            balance: points,
            status: isClosed ? 'closed' : 'open',
          });
        }
        expectSoundBooks(ledger);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same however the same history is cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (history, at) => {
        const oneByOne = new MemoryLedger();
        const inBatches = new MemoryLedger();
        await tellLedger(
          oneByOne,
          history.map((told) => [told]),
        );
        await tellLedger(inBatches, piecesOf(history, at));
        const linesOf = (ledger: MemoryLedger) =>
          ledger.entries.map(({ decidedAt: _at, ...line }) => line);
        expect(linesOf(inBatches)).toEqual(linesOf(oneByOne));
        expect(inBatches.accounts).toEqual(oneByOne.accounts);
        expect(inBatches.waiting).toEqual(oneByOne.waiting);
      }),
      { numRuns: 300 },
    );
  });

  it('does not change when everything is told again, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.infiniteStream(fc.nat()), async (history, dice) => {
        const ledger = new MemoryLedger();
        await tellLedger(ledger, [history]);
        ledger.retryAll();
        const [entries, accounts] = [[...ledger.entries], new Map(ledger.accounts)];
        // What still waits has not been decided: only decided deals are told again.
        const decided = history.filter(
          (told) =>
            told.what !== 'failed' && (!('dealId' in told) || !ledger.waiting.has(told.dealId)),
        );
        const known = decided.filter(
          (told) => 'dealId' in told || ledger.accounts.has(told.memberId),
        );
        const shuffled = known
          .map((told) => ({ told, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ told }) => told)
          .filter((told) => told.what !== 'withdrawn' || isClosed(ledger, told.memberId));
        await tellLedger(ledger, [shuffled]);
        expect([ledger.entries, ledger.accounts]).toEqual([entries, accounts]);
      }),
      { numRuns: 300 },
    );
  });

  it('ends the same in whatever order saves and their cancels arrive, the sign-up included', () => {
    const world = fc.record({
      points: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 12 }),
      cancelled: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      dice: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(world, cuts, ({ points, cancelled, dice }, at) => {
        const told: Told[] = points.flatMap((point, index) => {
          const save = { memberId: 1, point, dealId: index + 1, originalDealId: null };
          const cancel = { ...save, dealId: index + 101, originalDealId: index + 1 };
          return cancelled[index]
            ? [
                { what: 'save' as const, ...save },
                { what: 'saveCancel' as const, ...cancel },
              ]
            : [{ what: 'save' as const, ...save }];
        });
        const messages = [...told, ...told]
          .map((each) => ({ each, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const ledger = new MemoryLedger();
        const pieces = piecesOf(messages, at);
        const joinsAt = dice.next().value % (pieces.length + 1);
        pieces.forEach((piece, index) => {
          if (index === joinsAt) ledger.changeMemberships([{ memberId: 1, change: 'joined' }]);
          ledger.apply(piece.filter(isDeal).map(changeOf));
        });
        ledger.changeMemberships([{ memberId: 1, change: 'joined' }]);
        ledger.retryAll();
        const kept = points.filter((_point, index) => !cancelled[index]);
        const sum = kept.reduce((total, point) => total + point, 0);
        expect(balancesOf(ledger)).toEqual([[1, sum, 'open']]);
        expect([ledger.waiting.size, ledger.entries.length]).toEqual([0, told.length]);
        expectSoundBooks(ledger);
      }),
      { numRuns: 300 },
    );
  });

  it('takes no point for a failed use, whether its debit comes before, after or never', () => {
    const order = fc.shuffledSubarray(['debit', 'debit again', 'failure', 'failure again'], {
      minLength: 1,
    });
    fc.assert(
      fc.property(order, fc.boolean(), fc.nat(3), (steps, leaves, leavesAt) => {
        const ledger = new MemoryLedger();
        ledger.changeMemberships([{ memberId: 1, change: 'joined' }]);
        const parties = { memberId: 1, originalDealId: null };
        ledger.apply([{ ...parties, dealId: 1, kind: 'save', point: 100 }]);
        const use = { dealId: 2, memberId: 1, point: 60 };
        steps.forEach((step, index) => {
          if (leaves && index === leavesAt) {
            ledger.changeMemberships([{ memberId: 1, change: 'withdrawn' }]);
          }
          if (step.startsWith('debit')) {
            ledger.apply([{ ...use, kind: 'use', originalDealId: null }]);
          } else ledger.reverse([use]);
        });
        // Whatever was lost on the way, the failure is told in the end.
        ledger.reverse([use]);
        const closed = ledger.accounts.get(1)?.status === 'closed';
        expect(ledger.accounts.get(1)?.balance).toBe(closed ? 0 : 100);
        expectSoundBooks(ledger);
      }),
      { numRuns: 300 },
    );
  });
});

function isClosed(ledger: MemoryLedger, memberId: number): boolean {
  return ledger.accounts.get(memberId)?.status === 'closed';
}
