import type { BillingView } from '@onepoint/contracts';
import type { Facts } from './facts.ts';

/**
 * Nobody is paid for points that nobody spent: what all merchants are owed together is what has left the
 * accounts by uses and has not come back by their cancels, after the ledger. A cancel that came after its
 * member had left gives nothing back, and its merchant has returned the money all the same.
 */
export function settledPointsDifferences(
  { members, deals }: Pick<Facts, 'members' | 'deals'>,
  billings: readonly Pick<BillingView, 'netPoints'>[],
): string[] {
  let spent = 0;
  for (const { entries } of members.values()) {
    for (const { kind, delta, dealId, outcome } of entries) {
      if (kind === 'use' || kind === 'useCancel' || kind === 'reversal') spent -= delta;
      const isVoidCancel = kind === 'useCancel' && outcome === 'void';
      if (isVoidCancel && dealId !== null) spent -= deals.get(dealId)?.point ?? 0;
    }
  }
  const owed = billings.reduce((sum, { netPoints }) => sum + netPoints, 0);
  if (owed === spent) return [];
  return [`merchants are owed ${owed} points, and ${spent} have left the accounts`];
}
