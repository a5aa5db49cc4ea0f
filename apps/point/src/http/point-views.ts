import type { LedgerEntryView, PointView } from '@onepoint/contracts';
import type { AccountView } from '../domain/ledger.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { availablePoints } from '../domain/point-account.ts';

/** An account as the door shows it. */
export function pointViewOf(account: AccountView): PointView {
  return {
    memberId: account.memberId,
    point: account.balance,
    available: availablePoints(account.balance),
    status: account.status,
    updatedAt: new Date(account.updatedAt).toISOString(),
  };
}

/** A line of the history as the door shows it: only lines with a place in the history are asked for. */
export function entryViewOf(entry: LedgerEntry): LedgerEntryView {
  return {
    sequence: entry.sequence!,
    memberId: entry.memberId,
    dealId: entry.cause === 'withdrawal' ? null : entry.causeId,
    kind: entry.kind,
    outcome: entry.outcome === 'applied' ? 'applied' : 'void',
    reason: entry.reason,
    delta: entry.delta,
    balance: entry.balanceAfter!,
    createdAt: new Date(entry.decidedAt).toISOString(),
  };
}
