import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { businessMonth } from '../input/business-month.ts';
import { pageCursor, pageLimit } from '../input/page.ts';
import { id, wholeNumber } from '../input/whole-number.ts';
import { billingRunView, billingTermsView, billingView, settlementLineView } from './billing.ts';
import { dealReadView, dealView } from './deal.ts';
import { memberView } from './member.ts';
import {
  merchantKeyView,
  merchantTermsView,
  merchantView,
  newMerchantKeyView,
} from './merchant.ts';
import { monthCloseView } from './month-close.ts';
import { page } from './page.ts';
import { ledgerEntryView, pointView } from './point.ts';
import { problem } from './problem.ts';

const views = {
  Member: memberView,
  Point: pointView,
  LedgerEntry: ledgerEntryView,
  Deal: dealView,
  DealReadView: dealReadView,
  Merchant: merchantView,
  MerchantTerms: merchantTermsView,
  MerchantKey: merchantKeyView,
  NewMerchantKey: newMerchantKeyView,
  Billing: billingView,
  BillingRun: billingRunView,
  BillingTerms: billingTermsView,
  MonthClose: monthCloseView,
  SettlementLine: settlementLineView,
  Problem: problem,
};

describe('what the doors answer, in OpenAPI', () => {
  it.each(Object.entries(views))('%s is a component of that name', (name, view) => {
    const document = view['~standard'].jsonSchema.output({ target: 'openapi-3.0' });
    expect(document['$ref']).toBe(`#/definitions/${name}`);
    expect(document).toHaveProperty(['definitions', name, 'type'], 'object');
  });

  it('a page refers to the component of its items', () => {
    const document = page(dealView)['~standard'].jsonSchema.output({ target: 'openapi-3.0' });
    expect(document).toHaveProperty('properties.items.items.$ref', '#/definitions/Deal');
  });
});

describe('what the doors take, in OpenAPI', () => {
  it('every input can be described', () => {
    const body = z.strictObject({
      id,
      month: businessMonth,
      amount: wholeNumber({ min: 0, max: 100 }).optional(),
      limit: pageLimit,
      cursor: pageCursor.optional(),
    });
    const document = body['~standard'].jsonSchema.input({ target: 'openapi-3.0' });
    expect(document).toMatchObject({ required: ['id', 'month'], additionalProperties: false });
  });
});

describe('what the doors answer', () => {
  const deal = {
    id: 1,
    memberId: 1,
    merchantId: 20,
    type: 'save',
    dealAmount: 100_000,
    point: 1000,
    status: 'success',
    failReason: null,
    pointStatus: 'deferred',
    pointReason: 'MEMBER_UNKNOWN',
    billingStatus: 'no',
    originalDealId: null,
    cancelledByDealId: null,
    dealDate: '2026-11-23T05:39:00.000Z',
  };

  it('is exact: a fraction, another zone or another word is not it', () => {
    expect(dealView.safeParse(deal).success).toBe(true);
    expect(dealView.safeParse({ ...deal, point: 0.5 }).success).toBe(false);
    expect(dealView.safeParse({ ...deal, dealDate: '2026-11-23T14:39:00+09:00' }).success).toBe(
      false,
    );
    expect(dealView.safeParse({ ...deal, status: 'done' }).success).toBe(false);
  });

  it('a problem keeps the members of its own', () => {
    const conflict = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'DEAL_ALREADY_CANCELLED',
      cancelledByDealId: 2,
    };
    expect(problem.parse(conflict)).toEqual(conflict);
    expect(problem.safeParse({ ...conflict, status: 200 }).success).toBe(false);
  });
});
