import type { Accuse, DealRow, EntryRow, Facts } from './facts.ts';

/** P2: every deal has ended, and has had its one effect. */
export function checkDeals(facts: Facts, accuse: Accuse): void {
  const changes = new Map<number, EntryRow>();
  const reversals = new Map<number, EntryRow>();
  for (const entry of facts.entries) {
    if (entry.cause === 'deal') changes.set(entry.cause_id, entry);
    if (entry.cause === 'reversal') reversals.set(entry.cause_id, entry);
  }
  const deals = new Map(facts.deals.map((deal) => [deal.id, deal]));
  for (const deal of facts.deals) {
    const change = changes.get(deal.id) ?? null;
    checkEffect(deal, change, reversals.get(deal.id) ?? null, accuse);
    if (deal.original_deal_id !== null) {
      checkCancel(deal, deals.get(deal.original_deal_id) ?? null, accuse);
    } else if (deal.cancelled_by_deal_id !== null) {
      const cancel = deals.get(deal.cancelled_by_deal_id);
      if (cancel?.original_deal_id !== deal.id) accuse('P2', 'cancelled by no cancel of it', deal);
    }
  }
  for (const [id, entry] of [...changes, ...reversals]) {
    const deal = deals.get(id);
    if (deal === undefined) accuse('P2', 'a ledger entry of a deal that does not exist', entry);
    else if (deal.member_id !== entry.member_id) {
      accuse('P2', "a ledger entry on another member's account than its deal's", entry);
    }
  }
  for (const row of facts.waiting) accuse('P2', 'a change still waits', row);
}

function checkEffect(
  deal: DealRow,
  change: EntryRow | null,
  reversal: EntryRow | null,
  accuse: Accuse,
): void {
  const net = (change?.delta ?? 0) + (reversal?.delta ?? 0);
  const seen = { deal, change, reversal };
  switch (deal.status) {
    case 'success': {
      if (change === null) return accuse('P2', 'a successful deal has no ledger entry', seen);
      if (reversal !== null) accuse('P2', 'a successful deal was reversed', seen);
      const wanted = change.outcome === 'void' ? 0 : signed(deal);
      const isVoidUse = deal.type === 'use' && change.outcome !== 'applied';
      if (isVoidUse || !['applied', 'void'].includes(change.outcome) || change.delta !== wanted) {
        accuse('P2', "a successful deal's ledger entry is not its effect", seen);
      }
      if (deal.point_status !== change.outcome) {
        accuse('P2', 'pointStatus is not what Point did', seen);
      }
      return;
    }
    case 'fail':
      if (net !== 0) accuse('P2', 'a failed deal took or gave points', seen);
      return;
    default:
      accuse('P2', `a deal is still ${deal.status}`, deal);
  }
}

function signed({ type, point }: DealRow): number {
  const sign = type === 'save' || type === 'useCancel' ? 1 : -1;
  return point === 0 ? 0 : sign * point;
}

function checkCancel(cancel: DealRow, original: DealRow | null, accuse: Accuse): void {
  const fits =
    original !== null &&
    original.status === 'success' &&
    original.cancelled_by_deal_id === cancel.id &&
    original.point === cancel.point &&
    original.member_id === cancel.member_id &&
    original.merchant_id === cancel.merchant_id &&
    cancel.type === `${original.type}Cancel`;
  if (!fits) accuse('P2', 'a cancel does not fit its original', { cancel, original });
}
