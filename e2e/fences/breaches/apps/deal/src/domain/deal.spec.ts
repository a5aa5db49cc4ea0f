import { describe, expect, it } from '@jest/globals';
import type { Deal } from './deal.ts';

describe('deal', () => {
  it('has points', () => {
    const deal: Deal = { id: 1, point: 10 };
    expect(deal.point).toBe(10);
  });
});
