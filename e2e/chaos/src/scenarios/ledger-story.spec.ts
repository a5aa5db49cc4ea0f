import { describe, expect, it } from '@jest/globals';
import type { EntryRow } from '../oracle/facts.ts';
import { storyOf } from './ledger-story.ts';

/** An account's lines, each of a kind and so many points. */
function linesOf(...told: readonly (readonly [kind: string, delta: number])[]): EntryRow[] {
  let balance = 0;
  return told.map(([kind, delta], place) => {
    balance += delta;
    const line = { cause: 'deal', cause_id: place + 1, member_id: 1, outcome: 'applied' };
    return { ...line, kind, delta, reason: null, balance_after: balance, sequence: place + 2 };
  });
}

describe('the story of a ledger', () => {
  it('counts what went below zero and what filled it up', () => {
    const lines = linesOf(['save', 5], ['use', -5], ['saveCancel', -5], ['save', 3], ['save', 4]);
    expect(storyOf(lines.toReversed())).toEqual({ clawbacks: 1, fills: 2, lowest: -5, faults: [] });
  });

  it('accuses a use of more than there was', () => {
    const { faults } = storyOf(linesOf(['save', 5], ['use', -6]));
    expect(faults).toEqual([expect.stringContaining('took more than there was')]);
  });

  it('accuses whatever else went below zero', () => {
    const { faults } = storyOf(linesOf(['reversal', -1]));
    expect(faults).toEqual([expect.stringContaining('something else than a clawback')]);
  });

  it('accuses a line that does not go on from the one before it', () => {
    const [first, second] = linesOf(['save', 5], ['save', 6]);
    const { faults } = storyOf([first!, { ...second!, balance_after: 6 }]);
    expect(faults).toEqual([expect.stringContaining('does not begin where')]);
  });
});
