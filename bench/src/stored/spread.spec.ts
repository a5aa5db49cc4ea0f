import { describe, expect, it } from '@jest/globals';
import { MEMBER_STEP, MembersNotSpread, undoStep } from './spread.ts';

describe('deals spread over members', () => {
  it.each([1, 2, 7, 1_000, 10_000, 100_000, 1_000_000])(
    'can be found again from the member, with %d of them',
    (members) => {
      const undo = undoStep(members);
      for (const deal of [0, 1, 17, members - 1].filter((each) => each < members)) {
        const member = (deal * MEMBER_STEP) % members;
        expect((member * undo) % members).toBe(deal);
      }
    },
  );

  it('cannot be spread by steps that divide their number', () => {
    expect(() => undoStep(2 * MEMBER_STEP)).toThrow(MembersNotSpread);
  });
});
