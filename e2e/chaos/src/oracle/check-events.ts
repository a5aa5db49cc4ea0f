import type { Accuse, DealRow, Facts } from './facts.ts';

/** P4: Billing and the dashboard have heard everything, once. */
export function checkEvents(facts: Facts, accuse: Accuse): void {
  const deals = new Map(facts.deals.map((deal) => [deal.id, deal]));
  checkLines(facts, deals, accuse);
  checkShownDeals(facts, deals, accuse);
  checkShownPoints(facts, accuse);
  checkShownTotals(facts, accuse);
}

function checkLines(facts: Facts, deals: Map<number, DealRow>, accuse: Accuse): void {
  const lines = new Map(facts.lines.map((line) => [line.deal_id, line]));
  const merchantOf = new Map(facts.billings.map(({ id, merchant_id }) => [id, merchant_id]));
  for (const deal of deals.values()) {
    const isUse = deal.type === 'use' || deal.type === 'useCancel';
    if (deal.status !== 'success' || !(isUse || deal.earn_charge_bps > 0)) continue;
    const line = lines.get(deal.id);
    const fits =
      line !== undefined &&
      line.point === deal.point &&
      line.type === deal.type &&
      line.commission_bps === deal.commission_bps &&
      line.earn_charge_bps === deal.earn_charge_bps &&
      merchantOf.get(line.billing_id) === deal.merchant_id;
    if (!fits) accuse('P4', 'Billing has no such line of a deal', { deal, line });
  }
  for (const line of facts.lines) {
    if (deals.get(line.deal_id)?.status !== 'success') {
      accuse('P4', 'Billing has a line of no successful deal', line);
    }
  }
}

function checkShownDeals(facts: Facts, deals: Map<number, DealRow>, accuse: Accuse): void {
  const shown = new Map(facts.shownDeals.map((row) => [row.deal_id, row]));
  for (const deal of deals.values()) {
    const row = shown.get(deal.id);
    const isCancelled = deal.cancelled_by_deal_id;
    const fits =
      row !== undefined &&
      row.status === deal.status &&
      row.type === deal.type &&
      row.point === deal.point &&
      row.member_id === deal.member_id &&
      row.merchant_id === deal.merchant_id &&
      row.deal_amount === deal.deal_amount &&
      row.billing_status === deal.billing_status &&
      row.cancelled_by_deal_id === isCancelled;
    if (!fits) accuse('P4', 'the dashboard shows a deal otherwise', { deal, row });
    // Of a use the dashboard notes no outcome: it is a success only because Point has taken its points.
    else if (
      deal.status === 'success' &&
      deal.type !== 'use' &&
      row.point_outcome !== deal.point_status
    ) {
      accuse('P4', 'the dashboard shows other points of a deal', { deal, row });
    }
  }
  for (const row of facts.shownDeals) {
    if (!deals.has(row.deal_id)) accuse('P4', 'the dashboard shows a deal of nobody', row);
  }
  for (const row of facts.shownDeferred)
    accuse('P4', 'the dashboard shows a deal as deferred', row);
}

function checkShownPoints(facts: Facts, accuse: Accuse): void {
  const standing = new Map(facts.shownBalances.map((row) => [row.member_id, row]));
  const newest = newestOf([...facts.shownBalances, ...facts.shownEntries]);
  for (const account of facts.accounts) {
    const row = newest.get(account.member_id);
    const closedAt = standing.get(account.member_id)?.closed_at ?? null;
    const fits =
      row?.balance === account.balance &&
      row.sequence === account.sequence &&
      (closedAt !== null) === (account.status === 'closed');
    if (!fits) accuse('P4', 'the dashboard shows another balance', { account, row, closedAt });
  }
  const entries = new Map(
    facts.shownEntries.map((row) => [`${row.member_id}/${row.sequence}`, row]),
  );
  for (const entry of facts.entries) {
    if (entry.sequence === null) continue;
    const row = entries.get(`${entry.member_id}/${entry.sequence}`);
    if (row?.delta !== entry.delta || row.balance !== entry.balance_after) {
      accuse('P4', 'the dashboard shows another history', { entry, row });
    }
  }
}

interface ShownBalance {
  readonly member_id: number;
  readonly sequence: number;
  readonly balance: number;
}

/** Of each member the row that comes last in Point's sequence, as the dashboard shows it. */
function newestOf(rows: readonly ShownBalance[]): ReadonlyMap<number, ShownBalance> {
  const newest = new Map<number, ShownBalance>();
  for (const row of rows) {
    if (row.sequence > (newest.get(row.member_id)?.sequence ?? -1)) newest.set(row.member_id, row);
  }
  return newest;
}

/** The day totals of all merchants together stand under merchant 0. */
function checkShownTotals({ deals, shownTotals }: Facts, accuse: Accuse): void {
  for (const merchantId of [0, ...new Set(deals.map(({ merchant_id }) => merchant_id))]) {
    for (const type of ['save', 'use', 'saveCancel', 'useCancel']) {
      const own = deals.filter(
        (deal) => deal.type === type && (merchantId === 0 || deal.merchant_id === merchantId),
      );
      const good = own.filter(({ status }) => status === 'success');
      const wanted = {
        deals: good.length,
        amount: sumOf(good, ({ deal_amount }) => deal_amount),
        point: sumOf(good, ({ point }) => point),
        failed: own.filter(({ status }) => status === 'fail').length,
      };
      const rows = shownTotals.filter((row) => row.merchant_id === merchantId && row.type === type);
      const shown = {
        deals: sumOf(rows, (row) => row.deals),
        amount: sumOf(rows, (row) => row.deal_amount),
        point: sumOf(rows, (row) => row.point),
        failed: sumOf(rows, (row) => row.failed_deals),
      };
      if (JSON.stringify(wanted) !== JSON.stringify(shown)) {
        accuse('P4', 'the dashboard shows other totals', { merchantId, type, wanted, shown });
      }
    }
  }
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
