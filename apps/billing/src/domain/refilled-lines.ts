import type { SettlementLine } from './settlement-line.ts';

/** A line that stands otherwise than the journal tells its deal: somebody must look at it. */
export interface DifferentLine {
  readonly dealId: number;
  /** The first field that differs. */
  readonly field: string;
}

/** Lines as the journal tells them, set beside those that stand. */
export interface LinesBesideJournal {
  /** Told, and not there. */
  readonly missing: readonly SettlementLine[];
  readonly different: readonly DifferentLine[];
}

/** Compares what is told with what stands. Lines never change, so any difference is a fault. */
export function besideJournal(
  told: readonly SettlementLine[],
  standing: ReadonlyMap<number, SettlementLine>,
): LinesBesideJournal {
  const missing: SettlementLine[] = [];
  const different: DifferentLine[] = [];
  for (const line of told) {
    const stands = standing.get(line.dealId);
    const field = stands === undefined ? null : differingField(line, stands);
    if (stands === undefined) missing.push(line);
    else if (field !== null) different.push({ dealId: line.dealId, field });
  }
  return { missing, different };
}

const FIELDS = [
  ...(['merchantId', 'billingMonth', 'type', 'point', 'dealDate', 'memberId'] as const),
  ...(['commissionBps', 'earnChargeBps', 'originalDealId'] as const),
];

function differingField(one: SettlementLine, other: SettlementLine): string | null {
  return FIELDS.find((field) => one[field] !== other[field]) ?? null;
}
