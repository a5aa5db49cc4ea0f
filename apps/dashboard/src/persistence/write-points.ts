import type { Transaction } from '@onepoint/persistence';
import { lowest, mergeRows, takenWithNewer } from './merge-rows.ts';
import type { ReadModelChanges } from './read-model-changes.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** Writes lines of history, each once, and what accounts were opened and closed with, each as of its newest event. */
export function writePoints(
  tx: Transaction,
  tables: ReadModelTables,
  { balances, pointEntries }: ReadModelChanges,
): void {
  const entries = pointEntries.map((entry) => ({
    member_id: entry.memberId,
    sequence: entry.sequence,
    deal_id: entry.dealId,
    kind: entry.kind,
    outcome: entry.outcome,
    reason: entry.reason,
    delta: entry.delta,
    balance: entry.balance,
    entered_at: entry.enteredAt,
  }));
  entries.sort((a, b) => a.member_id - b.member_id || a.sequence - b.sequence);
  tx.later.upsertRows(tables.pointEntry, entries, { key: ['member_id', 'sequence'], update: [] });
  mergeRows(
    tx,
    {
      table: tables.balance,
      key: ['member_id'],
      columns: {
        balance: takenWithNewer('sequence'),
        changed_at: takenWithNewer('sequence'),
        closed_at: lowest,
        sequence: takenWithNewer('sequence'),
      },
    },
    [...balances.values()].map((fact) => ({
      member_id: fact.memberId,
      sequence: fact.sequence,
      balance: fact.balance,
      changed_at: fact.changedAt,
      closed_at: fact.closedAt,
    })),
  );
}
