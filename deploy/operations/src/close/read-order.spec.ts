import { describe, expect, it } from '@jest/globals';
import { CalledWrongly, readOrder } from './read-order.ts';

describe('the order to close a month', () => {
  it('names the month and goes to Billing on this machine', () => {
    expect(readOrder(['202611'], {})).toEqual({
      ...{ billingMonth: '202611', asJson: false },
      ...{ billingUrl: 'http://127.0.0.1:8084', operatorToken: null },
    });
  });

  it('may be spelled as people write a month', () => {
    expect(readOrder(['2026-11'], {})?.billingMonth).toBe('202611');
  });

  it('goes where the environment says, with its token', () => {
    const env = { BILLING_PORT: '9', OPERATOR_TOKEN: 'secret' };
    expect(readOrder(['--json', '202611'], env)).toMatchObject({
      ...{ asJson: true, billingUrl: 'http://127.0.0.1:9', operatorToken: 'secret' },
    });
    const named = { ...env, BILLING_URL: 'https://billing.example/' };
    expect(readOrder(['202611'], named)?.billingUrl).toBe('https://billing.example');
  });

  it('is none when only help is wanted', () => {
    expect(readOrder(['--help'], {})).toBeNull();
  });

  it.each([
    { words: [] },
    { words: ['202613'] },
    { words: ['2026-1'] },
    { words: ['november'] },
    { words: ['202610', '202611'] },
    { words: ['202611', '--fast'] },
  ])('is not understood as $words', ({ words }) => {
    expect(() => readOrder(words, {})).toThrow(CalledWrongly);
  });

  it('is not understood with an address that is none', () => {
    expect(() => readOrder(['202611'], { BILLING_URL: 'billing' })).toThrow(CalledWrongly);
  });
});
