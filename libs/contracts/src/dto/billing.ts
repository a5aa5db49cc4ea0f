import { z } from 'zod';
import { businessMonth } from '../input/business-month.ts';
import { instant } from '../values/instant.ts';
import { amount, entityId, signedAmount } from '../values/numbers.ts';

/** One settlement run: immutable, and worth the difference that it made to its billing (P9). */
export const billingRunView = z
  .object({
    id: entityId,
    settledAt: instant,
    dealCount: z.int().min(1),
    netPoints: signedAmount.describe('used less cancelled, of the deals of this run'),
    billingAmount: signedAmount.describe('KRW by which this run changed the billing'),
  })
  .meta({ id: 'BillingRun' });
/** One settlement run. */
export type BillingRunView = z.infer<typeof billingRunView>;

/** What the network owes a merchant for a month: the totals over all runs of it. */
export const billingView = z
  .object({
    id: entityId,
    merchantId: entityId,
    billingMonth: businessMonth,
    usedPoints: amount,
    cancelledPoints: amount,
    netPoints: signedAmount.describe('usedPoints - cancelledPoints; negative if more came back'),
    commission: signedAmount.describe('of the net, rounded towards zero'),
    billingAmount: signedAmount.describe('KRW: netPoints - commission'),
    runs: z.array(billingRunView),
  })
  .meta({ id: 'Billing' });
/** What the network owes a merchant for a month. */
export type BillingView = z.infer<typeof billingView>;

/** One line of a billing's statement: a use, or a cancelled use. */
export const settlementLineView = z
  .object({
    dealId: entityId,
    memberId: entityId,
    type: z.enum(['use', 'useCancel']),
    dealDate: instant,
    point: signedAmount.describe('what it adds to the net: + for a use, - for a useCancel'),
    runId: entityId.describe('the run that settled it'),
  })
  .meta({ id: 'SettlementLine' });
/** One line of a billing's statement. */
export type SettlementLineView = z.infer<typeof settlementLineView>;
