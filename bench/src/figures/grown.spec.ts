import { describe, expect, it } from '@jest/globals';
import { spentForEach } from '../processor-time.ts';
import { grownForEach } from './database-work.ts';

describe('what each deal has cost', () => {
  it('is the growth divided by the deals, without what did not grow', () => {
    const before = new Map([
      ['deal.deal', 1_000],
      ['deal.merchant', 500],
    ]);
    const after = new Map([
      ['deal.deal', 4_000],
      ['deal.merchant', 500],
      ['deal.outbox', 1_000],
    ]);
    expect(grownForEach(before, after, 10)).toEqual({ 'deal.deal': 300, 'deal.outbox': 100 });
  });

  it('counts a process from nothing when it was not seen before', () => {
    const spent = spentForEach(new Map([['deal', 100]]), new Map([['deal', 600]]), 1_000);
    expect([...spent]).toEqual([['deal', 0.5]]);
    expect([...spentForEach(new Map(), new Map([['point', 50]]), 0)]).toEqual([['point', 50]]);
  });
});
