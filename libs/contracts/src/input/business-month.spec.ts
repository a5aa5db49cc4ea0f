import { describe, expect, it } from '@jest/globals';
import { businessMonth } from './business-month.ts';

describe('a business month', () => {
  it.each(['200001', '202611', '202612', '299912'])('is %s', (text) => {
    expect(businessMonth.parse(text)).toBe(text);
  });

  it.each([
    '',
    '2026',
    '202600',
    '202613',
    '2026-11',
    '20261',
    '2026111',
    ' 202611',
    '202611\n',
    '199912',
    '300001',
    '２０２６１１',
    202611,
    null,
    ['202611'],
  ])('is not %j', (given) => {
    expect(businessMonth.safeParse(given).success).toBe(false);
  });

  it('says what it wants', () => {
    const { error } = businessMonth.safeParse('202613');
    expect(error?.issues.map((issue) => issue.message)).toEqual(['must be a month as YYYYMM']);
  });
});
