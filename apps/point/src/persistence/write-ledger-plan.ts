import type { Transaction } from '@onepoint/persistence';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { LedgerPlan } from '../domain/ledger-plan.ts';
import type { PointAccount } from '../domain/point-account.ts';

/** Waiting changes are tried again after this long when nothing has woken them before. */
export const FIRST_RETRY_MS = 1_000;

/**
 * Writes everything a plan says. Accounts first, and they in ascending order: whoever has not locked them before must not
 * wait for one while it holds an entry that their holder is about to write.
 */
export async function writeLedgerPlan(
  tx: Transaction,
  plan: LedgerPlan<unknown>,
  now: number,
): Promise<void> {
  if (plan.openedAccounts.length > 0) {
    // A plain insert: an account that another transaction opened meanwhile must not be overwritten.
    tx.later.insertRows(
      'account',
      plan.openedAccounts.map((account) => accountRow(account, now)),
    );
  }
  if (plan.accounts.length > 0) {
    tx.later.upsertRows(
      'account',
      plan.accounts
        .toSorted((a, b) => a.memberId - b.memberId)
        .map((account) => accountRow(account, now)),
      {
        key: ['member_id'],
        update: ['balance', 'status', 'sequence', 'updated_at'],
      },
    );
  }
  if (plan.entries.length > 0) tx.later.insertRows('ledger_entry', plan.entries.map(entryRow));
  await writeWaiting(tx, plan, now);
}

async function writeWaiting(
  tx: Transaction,
  plan: LedgerPlan<unknown>,
  now: number,
): Promise<void> {
  if (plan.waiting.length > 0) {
    await tx.insertRows(
      'waiting_change',
      plan.waiting.map(({ change, reason }) => ({
        deal_id: change.dealId,
        member_id: change.memberId,
        kind: change.kind,
        point: change.point,
        original_deal_id: change.originalDealId,
        reason,
        since: now,
        next_try_at: now + FIRST_RETRY_MS,
        tries: 0,
      })),
      { ignoreDuplicates: true },
    );
  }
  if (plan.settled.length > 0) {
    const settled = tx.inList(plan.settled);
    tx.later.execute(`DELETE FROM waiting_change WHERE deal_id IN ${settled.sql}`, settled.params);
  }
  wakeWaiting(tx, 'original_deal_id', savedDeals(plan.entries), now);
  const opened = plan.facts.flatMap((told) =>
    told.fact === 'opened' ? [told.account.memberId] : [],
  );
  const closed = plan.facts.flatMap((told) =>
    told.fact === 'extinguished' ? [told.account.memberId] : [],
  );
  wakeWaiting(tx, 'member_id', [...opened, ...closed], now);
}

/** Only a save can be cancelled before Point has heard of it: a use was applied to be a success. */
function savedDeals(entries: readonly LedgerEntry[]): number[] {
  return entries.flatMap((entry) => (entry.kind === 'save' ? [entry.causeId] : []));
}

function wakeWaiting(
  tx: Transaction,
  column: 'original_deal_id' | 'member_id',
  ids: readonly number[],
  now: number,
): void {
  if (ids.length === 0) return;
  const list = tx.inList(ids);
  tx.later.execute(
    `UPDATE waiting_change SET next_try_at = ?, tries = 0 WHERE ${column} IN ${list.sql}`,
    [now, ...list.params],
  );
}

function accountRow(account: PointAccount, now: number): Record<string, unknown> {
  return {
    member_id: account.memberId,
    balance: account.balance,
    status: account.status,
    sequence: account.sequence,
    opened_at: now,
    updated_at: now,
  };
}

function entryRow(entry: LedgerEntry): Record<string, unknown> {
  return {
    cause: entry.cause,
    cause_id: entry.causeId,
    member_id: entry.memberId,
    kind: entry.kind,
    outcome: entry.outcome,
    reason: entry.reason,
    delta: entry.delta,
    balance_after: entry.balanceAfter,
    sequence: entry.sequence,
    decided_at: entry.decidedAt,
  };
}
