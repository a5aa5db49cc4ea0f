import type { BillingRunView, BillingView, SettlementLineView } from '@onepoint/contracts';
import { signedPoints } from '../domain/settlement-line.ts';
import type { Run, Statement, StatementLine } from '../domain/statements.ts';
import { feeParts } from '../domain/vat.ts';

/** A statement as the door shows it. */
export function statementViewOf(statement: Statement): BillingView {
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

function runViewOf({ id, settledAt, made }: Run): BillingRunView {
  const { dealCount, netPoints, billingAmount, earnCharge, net } = made;
  const at = new Date(settledAt).toISOString();
  return { id, settledAt: at, dealCount, netPoints, billingAmount, earnCharge, net };
}

/** A line as the door shows it. */
export function lineViewOf(line: StatementLine): SettlementLineView {
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
