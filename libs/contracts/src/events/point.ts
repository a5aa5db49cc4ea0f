import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { instant } from '../values/instant.ts';
import { entityId, signedAmount } from '../values/numbers.ts';
import { dealType, reasonCode } from '../values/words.ts';

/** What a point change answers: a deal, or the failure of a use whose debit had been made. */
export const pointChangeKind = z.enum([...dealType.options, 'reversal']);
/** What a point change answers. */
export type PointChangeKind = z.infer<typeof pointChangeKind>;

/**
 * What became of a point change: `applied`; `void`, recorded without effect; or `waiting` for a member
 * that Point does not know yet, to be followed by one of the others.
 */
export const pointOutcome = z.enum(['applied', 'void', 'waiting']);
/** What became of a point change. */
export type PointOutcome = z.infer<typeof pointOutcome>;

/** An account was opened, with nothing in it. */
export const pointAccountOpened = defineEvent({
  key: 'point.account-opened.v1',
  source: 'point',
  aggregate: 'point',
  meaning: 'A new member has an account, with a balance of 0.',
  data: z.object({ memberId: entityId, openedAt: instant }),
});

/** Point decided about one deal's points. */
export const pointChanged = defineEvent({
  key: 'point.changed.v1',
  source: 'point',
  aggregate: 'point',
  meaning: "Point decided what becomes of one deal's points.",
  data: z.object({
    memberId: entityId,
    dealId: entityId,
    kind: pointChangeKind,
    outcome: pointOutcome,
    reason: reasonCode.nullable().describe('why it is void or waiting; null when applied'),
    delta: signedAmount.describe('what the balance changed by; 0 unless applied'),
    balance: signedAmount.nullable().describe('after the change; null if the account is not known'),
    changedAt: instant,
  }),
});

/** A closed account lost what was left in it. */
export const pointExtinguished = defineEvent({
  key: 'point.extinguished.v1',
  source: 'point',
  aggregate: 'point',
  meaning: 'A member left; the account is closed and its remaining points are extinguished.',
  data: z.object({
    memberId: entityId,
    point: signedAmount.describe('what was left; negative when spent points had been taken back'),
    extinguishedAt: instant,
  }),
});
