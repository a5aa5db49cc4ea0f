import { describe, expect, it } from '@jest/globals';
import { besideJournal } from './refilled-lines.ts';
import type { SettlementLine } from './settlement-line.ts';

const line: SettlementLine = {
  ...{ dealId: 7, memberId: 1, merchantId: 20, billingMonth: '202611', type: 'useCancel' },
  ...{ point: 100, dealDate: 1, originalDealId: 6, commissionBps: 200, earnChargeBps: 0 },
};
const other: { readonly [Field in keyof SettlementLine]: SettlementLine[Field] } = {
  ...{ dealId: 8, memberId: 2, merchantId: 21, billingMonth: '202612', type: 'use' },
  ...{ point: 101, dealDate: 2, originalDealId: 5, commissionBps: 201, earnChargeBps: 1 },
};
const standing = (stands: SettlementLine) => new Map([[stands.dealId, stands]]);

describe('lines set beside the journal', () => {
  it('are missing when nothing stands, and all right when the same stands', () => {
    expect(besideJournal([line], new Map())).toEqual({ missing: [line], different: [] });
    expect(besideJournal([line], standing({ ...line }))).toEqual({ missing: [], different: [] });
  });

  const fields = Object.keys(other).filter((field) => field !== 'dealId');
  it.each(fields as (keyof SettlementLine)[])('differ when their %s does', (field) => {
    const stands = { ...line, [field]: other[field] };
    expect(besideJournal([line], standing(stands))).toEqual({
      ...{ missing: [], different: [{ dealId: 7, field }] },
    });
  });
});
