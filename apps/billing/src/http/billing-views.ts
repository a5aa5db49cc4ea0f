import {
  amount,
  basisPoints,
  billingRunView,
  billingView,
  dealType,
  entityId,
  settlementLineView,
  signedAmount,
} from '@onepoint/contracts';
import { z } from 'zod';
import { signedPoints } from '../domain/settlement-line.ts';
import type { Run, Statement, StatementLine } from '../domain/statements.ts';
import { feeParts } from '../domain/vat.ts';

const runView = billingRunView
  .extend({
    earnCharge: signedAmount.describe('KRW by which this run changed the earn charge'),
    net: signedAmount.describe('billingAmount - earnCharge of this run'),
  })
  .meta({ id: 'StatementRun' });

const termsView = z
  .object({
    type: dealType,
    commissionBps: basisPoints,
    earnChargeBps: basisPoints,
    dealCount: z.int().min(1),
    points: amount,
  })
  .meta({ id: 'StatementTerms' });

/** A billing with everything that stands on its statement beside the plain amounts. */
export const statementView = billingView
  .extend({
    merchantName: z.string().nullable().describe('null while it has not been heard of'),
    commissionSupply: signedAmount.describe('the commission without its VAT'),
    commissionVat: signedAmount.describe('the VAT that the commission contains (10/110)'),
    earnedPoints: amount.describe('points of saves that the merchant is charged for'),
    earnCancelledPoints: amount.describe('points of their cancels'),
    earnCharge: signedAmount.describe('KRW charged for them, rounded towards zero'),
    net: signedAmount.describe('billingAmount - earnCharge'),
    opening: signedAmount.max(0).describe('what earlier months left to be set off'),
    payable: amount.describe('max(0, opening + net): what is paid for this month'),
    closing: signedAmount.max(0).describe('min(0, opening + net): carried to the next month'),
    terms: z.array(termsView).describe('the same deals by type and rates'),
    runCount: z.int().min(0),
    runs: z.array(runView).describe('the newest 100 runs, oldest first'),
  })
  .meta({ id: 'Statement' });
/** A billing with everything that stands on its statement. */
export type StatementView = z.infer<typeof statementView>;

/** One line of a statement, of either leg. */
export const lineView = settlementLineView
  .extend({
    type: dealType,
    point: signedAmount.describe('+ for a use or a save, - for its cancel'),
    commissionBps: basisPoints,
    earnChargeBps: basisPoints,
    originalDealId: entityId.nullable().describe('the deal that a cancel takes back'),
  })
  .meta({ id: 'StatementLine' });
/** One line of a statement. */
export type LineView = z.infer<typeof lineView>;

/** A statement as the door shows it. */
export function statementViewOf(statement: Statement): StatementView {
  const { id, merchantId, merchantName, billingMonth, totals, carryOver, runCount } = statement;
  const { supply, vat } = feeParts(totals.commission);
  const { dealCount: _deals, ...amounts } = totals;
  return {
    id,
    merchantId,
    merchantName,
    billingMonth,
    ...amounts,
    commissionSupply: supply,
    commissionVat: vat,
    ...carryOver,
    terms: statement.sums.map((sums) => ({ ...sums })),
    runCount,
    runs: statement.runs.map(runViewOf),
  };
}

function runViewOf({ id, settledAt, made }: Run): StatementView['runs'][number] {
  const { dealCount, netPoints, billingAmount, earnCharge, net } = made;
  const at = new Date(settledAt).toISOString();
  return { id, settledAt: at, dealCount, netPoints, billingAmount, earnCharge, net };
}

/** A line as the door shows it. */
export function lineViewOf(line: StatementLine): LineView {
  return {
    dealId: line.dealId,
    memberId: line.memberId,
    type: line.type,
    dealDate: new Date(line.dealDate).toISOString(),
    point: signedPoints(line),
    runId: line.runId,
    commissionBps: line.commissionBps,
    earnChargeBps: line.earnChargeBps,
    originalDealId: line.originalDealId,
  };
}
