/** The four kinds of deal that change an account (domain words, used on every door). */
export type ChangeKind = 'save' | 'use' | 'saveCancel' | 'useCancel';

/** The call that something is done for; what it sets off elsewhere carries it on. */
export interface Origin {
  readonly correlationId: string;
  /** W3C trace context. */
  readonly traceparent: string;
}

/** What a deal asks of a member's account. The ledger's key is the deal's id. */
export interface PointChange {
  readonly dealId: number;
  readonly memberId: number;
  readonly kind: ChangeKind;
  /** Points, 0 to 2^53 − 1; the sign follows from the kind. */
  readonly point: number;
  /** The deal a cancel takes back; null for `save` and `use`. */
  readonly originalDealId: number | null;
}

/**
 * Why a change has no effect, or none yet.
 *
 * - `INSUFFICIENT_POINTS`: a use larger than the balance.
 * - `MEMBER_UNKNOWN`: no account (yet): a use is refused, the others wait.
 * - `MEMBER_WITHDRAWN`: the account is closed.
 * - `ORIGINAL_UNKNOWN`: a cancel came before the change it takes back; it waits.
 * - `ORIGINAL_WITHOUT_EFFECT`: the change to take back never moved a point.
 * - `DEAL_FAILED`: Deal gave this use up before it came; its tombstone stands here.
 * - `BALANCE_LIMIT`: the balance would leave the range of exact integers.
 */
export type ChangeReason =
  | 'INSUFFICIENT_POINTS'
  | 'MEMBER_UNKNOWN'
  | 'MEMBER_WITHDRAWN'
  | 'ORIGINAL_UNKNOWN'
  | 'ORIGINAL_WITHOUT_EFFECT'
  | 'DEAL_FAILED'
  | 'BALANCE_LIMIT';

/** How a change ended. Only `waiting` is not for good. */
export type ChangeOutcome = 'applied' | 'refused' | 'void' | 'waiting';

/** The points a kind adds (or takes, below zero) when it is applied. */
export function signedPoints(change: Pick<PointChange, 'kind' | 'point'>): number {
  switch (change.kind) {
    case 'save':
    case 'useCancel':
      return change.point;
    case 'use':
    case 'saveCancel':
      return change.point === 0 ? 0 : -change.point;
    default: {
      const unknown: never = change.kind;
      throw new TypeError(`unknown kind of change: ${String(unknown)}`);
    }
  }
}
