import { describe, expect, it } from '@jest/globals';
import { endOfUnansweredUse, endOfUse, markOf } from './deal-end.ts';
import { PointUnavailable } from './point-gateway.ts';

describe('the end of a use', () => {
  it('is what Point decided', () => {
    expect(endOfUse({ outcome: 'applied', reason: null })).toEqual({ status: 'success' });
    expect(endOfUse({ outcome: 'refused', reason: 'MEMBER_WITHDRAWN' })).toEqual({
      ...{ status: 'fail', failReason: 'MEMBER_WITHDRAWN', debit: 'refused' },
    });
  });

  it('is a failure to be undone when Point answered without deciding', () => {
    for (const outcome of ['void', 'waiting'] as const) {
      expect(endOfUse({ outcome, reason: null })).toEqual({
        ...{ status: 'fail', failReason: 'POINT_UNAVAILABLE', debit: 'unknown' },
      });
    }
  });

  it('says whether anything has to be undone when there was no answer', () => {
    for (const debit of ['not-sent', 'unknown'] as const) {
      expect(endOfUnansweredUse(new PointUnavailable(debit))).toEqual({
        ...{ status: 'fail', failReason: 'POINT_UNAVAILABLE', debit },
      });
    }
  });
});

describe('what is noted of the points of a save or cancel', () => {
  it.each([
    ['applied', null, 'applied'],
    ['void', 'MEMBER_WITHDRAWN', 'void'],
    ['refused', 'DEAL_FAILED', 'void'],
    ['waiting', 'MEMBER_UNKNOWN', 'deferred'],
  ] as const)('after %s (%s) is %s', (outcome, reason, pointStatus) => {
    expect(markOf(7, { outcome, reason })).toEqual({ dealId: 7, pointStatus, pointReason: reason });
  });
});
