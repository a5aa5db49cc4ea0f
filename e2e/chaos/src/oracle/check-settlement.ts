import type { Accuse, BillingRow, Facts, LineRow, RunRow } from './facts.ts';

/** P9: every settled line is in exactly one run, the runs add up, and Deal knows what is settled. */
export function checkSettlement(facts: Facts, accuse: Accuse): void {
  const runsOf = Map.groupBy(facts.runs, ({ billing_id }) => billing_id);
  const linesOf = Map.groupBy(facts.lines, ({ billing_id }) => billing_id);
  const settled = new Set<number>();
  for (const billing of facts.billings) {
    const lines = (linesOf.get(billing.id) ?? []).toSorted((a, b) => a.place - b.place);
    const runs = (runsOf.get(billing.id) ?? []).toSorted((a, b) => a.run_no - b.run_no);
    checkPlaces(billing, lines, runs, accuse);
    for (const { place, deal_id } of lines) {
      if (place <= billing.settled_through) settled.add(deal_id);
    }
  }
  for (const deal of facts.deals) {
    if ((deal.billing_status === 'yes') !== settled.has(deal.id)) {
      accuse('P4', 'billingStatus is not what Billing settled', deal);
    }
  }
}

function checkPlaces(
  billing: BillingRow,
  lines: readonly LineRow[],
  runs: readonly RunRow[],
  accuse: Accuse,
): void {
  if (lines.length !== billing.line_count || lines.some(({ place }, at) => place !== at + 1)) {
    accuse('P9', 'the places of the lines have gaps', { billing, lines: lines.length });
  }
  let through = 0;
  let before = totalsOf([]);
  for (const run of runs) {
    if (run.first_place !== through + 1 || run.last_place < run.first_place) {
      accuse('P9', 'a run does not begin where the one before it ended', { run, through });
    }
    through = run.last_place;
    const after = totalsOf(lines.slice(0, through));
    const made = {
      deal_count: run.last_place - run.first_place + 1,
      net_points: after.netPoints - before.netPoints,
      commission: after.commission - before.commission,
      net_amount: after.net - before.net,
    };
    for (const [name, wanted] of Object.entries(made)) {
      if (run[name as keyof RunRow] !== wanted) {
        accuse('P9', `a run's ${name} is not the difference it made`, { run, wanted });
      }
    }
    before = after;
  }
  if (through !== billing.settled_through) {
    accuse('P9', 'settled lines are in no run', { billing, through });
  }
  if (billing.net_amount !== before.net || billing.run_count !== runs.length) {
    accuse('P9', 'the runs do not add up to the billing', { billing, net: before.net });
  }
}

interface Totals {
  readonly netPoints: number;
  readonly commission: number;
  readonly net: number;
}

/** Rounded once over all lines, towards zero. Small numbers here: no sum comes near 2^53. */
function totalsOf(lines: readonly LineRow[]): Totals {
  let netPoints = 0;
  let commission = 0;
  let charge = 0;
  for (const { type, point, commission_bps, earn_charge_bps } of lines) {
    if (type === 'use') {
      netPoints += point;
      commission += point * commission_bps;
    } else if (type === 'useCancel') {
      netPoints -= point;
      commission -= point * commission_bps;
    } else if (type === 'save') charge += point * earn_charge_bps;
    else charge -= point * earn_charge_bps;
  }
  const kept = Math.trunc(commission / 10_000);
  const charged = Math.trunc(charge / 10_000);
  return { netPoints, commission: noSign(kept), net: noSign(netPoints - kept - charged) };
}

/** Zero has no sign: -0 is another value to whoever compares. */
const noSign = (value: number): number => (value === 0 ? 0 : value);
