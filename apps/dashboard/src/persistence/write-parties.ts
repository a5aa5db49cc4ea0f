import type { Transaction } from '@onepoint/persistence';
import { lowest, mergeRows, takenWithNewer } from './merge-rows.ts';
import type { ReadModelChanges } from './read-model-changes.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** Writes members: a date that is known stays, a withdrawal is for good. */
export function writeMembers(
  tx: Transaction,
  tables: ReadModelTables,
  { members }: ReadModelChanges,
): void {
  mergeRows(
    tx,
    {
      table: tables.member,
      key: ['member_id'],
      columns: { joined_at: lowest, withdrawn_at: lowest },
    },
    members.map((fact) => ({
      member_id: fact.memberId,
      joined_at: fact.joinedAt,
      withdrawn_at: fact.withdrawnAt,
    })),
  );
}

/** Writes merchants, each as of its newest event. */
export function writeMerchants(
  tx: Transaction,
  tables: ReadModelTables,
  { merchants }: ReadModelChanges,
): void {
  mergeRows(
    tx,
    {
      table: tables.merchant,
      key: ['merchant_id'],
      columns: {
        name: takenWithNewer('sequence'),
        earn_rate_bps: takenWithNewer('sequence'),
        commission_bps: takenWithNewer('sequence'),
        earn_charge_bps: takenWithNewer('sequence'),
        registered_at: lowest,
        updated_at: takenWithNewer('sequence'),
        sequence: takenWithNewer('sequence'),
      },
    },
    merchants.map((fact) => ({
      merchant_id: fact.merchantId,
      sequence: fact.sequence,
      name: fact.name,
      earn_rate_bps: fact.earnRateBps,
      commission_bps: fact.commissionBps,
      earn_charge_bps: fact.earnChargeBps,
      registered_at: fact.registeredAt,
      updated_at: fact.updatedAt,
    })),
  );
}
