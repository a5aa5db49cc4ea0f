import { z } from 'zod';
import { instant } from '../values/instant.ts';
import { amount, entityId, signedAmount } from '../values/numbers.ts';
import { dealType, reasonCode } from '../values/words.ts';

/** A member's balance as Point answers it. */
export const pointView = z
  .object({
    memberId: entityId,
    point: signedAmount.describe(
      'the balance; negative only after a cancelled save had been spent',
    ),
    available: amount.describe('what can be spent: the balance, or 0 if that is negative'),
    status: z.enum(['open', 'closed']).describe('closed when the member has withdrawn'),
    updatedAt: instant,
  })
  .meta({ id: 'Point' });
/** A member's balance as Point answers it. */
export type PointView = z.infer<typeof pointView>;

/** Why a ledger entry was written: a deal, the undoing of a failed one, or the account's end (소멸). */
export const ledgerEntryKind = z.enum([...dealType.options, 'reversal', 'extinguish']);
/** Why a ledger entry was written. */
export type LedgerEntryKind = z.infer<typeof ledgerEntryKind>;

/** One immutable change of one account (P1): the balance is the sum of the deltas. */
export const ledgerEntryView = z
  .object({
    sequence: entityId.describe("place in the account's history, from 1"),
    memberId: entityId,
    dealId: entityId.nullable().describe('the deal that caused it; null for an extinction'),
    kind: ledgerEntryKind,
    outcome: z.enum(['applied', 'void']).describe('void: recorded, without effect'),
    reason: reasonCode.nullable().describe('why it is void; null when applied'),
    delta: signedAmount.describe('what the balance changed by; 0 when void'),
    balance: signedAmount.describe('after the change'),
    createdAt: instant,
  })
  .meta({ id: 'LedgerEntry' });
/** One immutable change of one account. */
export type LedgerEntryView = z.infer<typeof ledgerEntryView>;
