import { z } from 'zod';
import { businessMonth } from '../input/business-month.ts';
import { instant } from '../values/instant.ts';
import { amount, basisPoints, entityId, signedAmount } from '../values/numbers.ts';
import { dealType } from '../values/words.ts';

/** One settlement run: immutable, and worth the difference that it made to its billing (P9). */
export const billingRunView = z
  .object({
    id: entityId,
    settledAt: instant,
    dealCount: z.int().min(1),
    netPoints: signedAmount.describe('used less cancelled, of the deals of this run'),
    billingAmount: signedAmount.describe('KRW by which this run changed the billing'),
    earnCharge: signedAmount.describe('KRW by which this run changed the earn charge'),
    net: signedAmount.describe('billingAmount - earnCharge of this run'),
  })
  .meta({ id: 'BillingRun' });
/** One settlement run. */
export type BillingRunView = z.infer<typeof billingRunView>;

/** Deals of one type that were made under the same rates, added up. */
export const billingTermsView = z
  .object({
    type: dealType,
    commissionBps: basisPoints,
    earnChargeBps: basisPoints,
    dealCount: z.int().min(1),
    points: amount,
  })
  .meta({ id: 'BillingTerms' });
/** Deals of one type that were made under the same rates, added up. */
export type BillingTermsView = z.infer<typeof billingTermsView>;

/** What the network and a merchant owe each other for a month: the totals over all runs of it. */
export const billingView = z
  .object({
    id: entityId,
    merchantId: entityId,
    merchantName: z.string().nullable().describe('null while it has not been heard of'),
    billingMonth: businessMonth,
    usedPoints: amount,
    cancelledPoints: amount,
    netPoints: signedAmount.describe('usedPoints - cancelledPoints; negative if more came back'),
    commission: signedAmount.describe('of the net, rounded towards zero'),
    commissionSupply: signedAmount.describe('the commission without its VAT'),
    commissionVat: signedAmount.describe('the VAT that the commission contains (10/110)'),
    billingAmount: signedAmount.describe('KRW: netPoints - commission'),
    earnedPoints: amount.describe('points of saves that the merchant is charged for'),
    earnCancelledPoints: amount.describe('points of their cancels'),
    earnCharge: signedAmount.describe('KRW charged for them, rounded towards zero'),
    net: signedAmount.describe('billingAmount - earnCharge'),
    opening: signedAmount.max(0).describe('what earlier months left to be set off'),
    payable: amount.describe('max(0, opening + net): what is paid for this month'),
    closing: signedAmount.max(0).describe('min(0, opening + net): carried to the next month'),
    terms: z.array(billingTermsView).describe('the same deals by type and rates'),
    runCount: z.int().min(0),
    runs: z.array(billingRunView).describe('the newest 100 runs, oldest first'),
  })
  .meta({ id: 'Billing' });
/** What the network and a merchant owe each other for a month. */
export type BillingView = z.infer<typeof billingView>;

/** One line of a billing's statement: a use or a charged save, or the cancel of one. */
export const settlementLineView = z
  .object({
    dealId: entityId,
    memberId: entityId,
    type: dealType,
    dealDate: instant,
    point: signedAmount.describe('+ for a use or a save, - for its cancel'),
    runId: entityId.describe('the run that settled it'),
    commissionBps: basisPoints,
    earnChargeBps: basisPoints,
    originalDealId: entityId.nullable().describe('the deal that a cancel takes back'),
  })
  .meta({ id: 'SettlementLine' });
/** One line of a billing's statement. */
export type SettlementLineView = z.infer<typeof settlementLineView>;
