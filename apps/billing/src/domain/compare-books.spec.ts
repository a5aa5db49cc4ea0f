import { describe, expect, it } from '@jest/globals';
import { compareDeals, compareMerchants } from './compare-books.ts';
import type { BookedDeal, MerchantFigures } from './deal-books.ts';
import { NO_DEALS } from './figures.ts';

const figures = (merchantId: number, useCount: number): MerchantFigures => ({
  merchantId,
  useCount,
  usedPoints: useCount * 100,
  cancelCount: 0,
  cancelledPoints: 0,
});
const use = (dealId: number, point = 100): BookedDeal => ({ dealId, type: 'use', point });

describe('two books', () => {
  it('are laid side by side, merchant by merchant, also those that only one of them has', () => {
    const compared = compareMerchants(
      [figures(1, 2), figures(3, 1), figures(10, 1)],
      [figures(10, 1), figures(2, 1), figures(1, 3)],
    );
    expect(compared.map(({ merchantId, same }) => [merchantId, same])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [10, true],
    ]);
    expect(compared[1]).toMatchObject({ deal: NO_DEALS, billing: { useCount: 1 } });
    expect(compared[2]).toMatchObject({ deal: { useCount: 1 }, billing: NO_DEALS });
  });

  it('differ by deals that are missing on one side, or are another type or amount', () => {
    const cancel: BookedDeal = { dealId: 5, type: 'useCancel', point: 100 };
    expect(
      compareDeals([use(1), use(2), use(3), use(5)], [use(1), use(3, 99), use(4), cancel]),
    ).toEqual([
      { dealId: 2, deal: use(2), billing: null },
      { dealId: 3, deal: use(3), billing: use(3, 99) },
      { dealId: 4, deal: null, billing: use(4) },
      { dealId: 5, deal: use(5), billing: cancel },
    ]);
  });

  it('that say the same do not differ', () => {
    expect(compareDeals([use(2), use(1)], [use(1), use(2)])).toEqual([]);
  });
});
