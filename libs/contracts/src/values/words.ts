import { z } from 'zod';

/** What a deal does: save (적립) earns points, use (사용) spends them, the other two take one back. */
export const dealType = z.enum(['save', 'use', 'saveCancel', 'useCancel']);
/** What a deal does. */
export type DealType = z.infer<typeof dealType>;

/** A deal ends, for good, as `success` or `fail`. */
export const dealStatus = z.enum(['pending', 'success', 'fail']);
/** Where a deal stands. */
export type DealStatus = z.infer<typeof dealStatus>;

/**
 * Whether the deal's points have moved: `applied`; `deferred` (유보: accepted, Point follows from its
 * queue); or `void` (recorded without effect, because the account is closed).
 */
export const pointStatus = z.enum(['applied', 'deferred', 'void']);
/** Whether a deal's points have moved. */
export type PointStatus = z.infer<typeof pointStatus>;

/** Whether a settlement run has counted the deal. */
export const billingStatus = z.enum(['no', 'yes']);
/** Whether a settlement run has counted the deal. */
export type BillingStatus = z.infer<typeof billingStatus>;

/** A member is `valid`, then `withdrawn` (탈퇴), for good. */
export const memberStatus = z.enum(['valid', 'withdrawn']);
/** Whether a member is still enrolled. */
export type MemberStatus = z.infer<typeof memberStatus>;

/**
 * What Deal knows of the debit of a failed `use`, so that Point can undo it without guessing: there was
 * `none` to make, Point `refused` it, it was `not-sent`, or its fate is `unknown` (P3).
 */
export const debitFate = z.enum(['none', 'refused', 'not-sent', 'unknown']);
/** What Deal knows of the debit of a failed `use`. */
export type DebitFate = z.infer<typeof debitFate>;

/** Why something was refused or came to nothing: one upper-case word from a service's catalogue. */
export const reasonCode = z
  .string()
  .max(64)
  .regex(/^[A-Z][A-Z0-9_]*$/);
