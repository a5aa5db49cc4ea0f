/** The kinds of deal. The two cancels are deals of their own. */
export type DealType = 'save' | 'use' | 'saveCancel' | 'useCancel';

/** A merchant's rates at the moment of the deal, in basis points; a cancel keeps its original's. */
export interface DealTerms {
  readonly earnRateBps: number;
  readonly commissionBps: number;
  readonly earnChargeBps: number;
}

/** Whether Point would have to undo a failed deal: `unknown` is the only fate that needs undoing. */
export type DebitFate = 'none' | 'refused' | 'not-sent' | 'unknown';

/** One transaction, recorded whether it succeeds or fails. */
export interface Deal extends DealTerms {
  readonly id: number;
  readonly memberId: number;
  readonly merchantId: number;
  readonly type: DealType;
  /** KRW. */
  readonly dealAmount: number;
  /** Points given, spent or taken back; the direction is in the type. */
  readonly point: number;
  readonly status: 'pending' | 'success' | 'fail';
  readonly failReason: string | null;
  /** Whether the account has seen it; null while pending and for a failed deal. */
  readonly pointStatus: 'applied' | 'deferred' | 'void' | null;
  readonly pointReason: string | null;
  readonly billingStatus: 'no' | 'yes';
  readonly originalDealId: number | null;
  readonly originalDealDate: number | null;
  readonly cancelledByDealId: number | null;
  /** Epoch milliseconds, the server's clock when it accepted the deal. */
  readonly dealDate: number;
}

/** The deal as it is recorded, before it has an id. */
export type NewDeal = Omit<Deal, 'id'>;

/** The cancel that takes back a deal of this type. */
export function cancelTypeOf(type: 'save' | 'use'): 'saveCancel' | 'useCancel' {
  return type === 'save' ? 'saveCancel' : 'useCancel';
}

/** The facts that every fresh deal starts with. */
export const FRESH_DEAL = {
  failReason: null,
  pointReason: null,
  billingStatus: 'no',
  originalDealId: null,
  originalDealDate: null,
  cancelledByDealId: null,
} as const;
