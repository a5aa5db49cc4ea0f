import type { Deal } from './deal.ts';
import type { Origin, RequestKey } from './deal-request.ts';

/** A terminal that got no answer takes its request back by the key it sent it under (망취소). */
export interface NetCancelRequest {
  /** Whose request it was, and its key. */
  readonly of: Pick<RequestKey, 'caller' | 'key'>;
  readonly origin?: Origin | undefined;
}

/**
 * What a net cancel came to. However it ends, nothing of the request stands, and should the request
 * still arrive it is refused with `DEAL_CANCELLED_BEFORE_ARRIVAL`.
 *
 * - `cancelled`: it had become a deal; `deal` is the cancel that took it back;
 * - `failed`: it had become a deal that failed, or fails by this; `deal` is that deal;
 * - `not-arrived`: it had not been heard of.
 */
export type NetCancelled =
  | { readonly outcome: 'cancelled'; readonly deal: Deal; readonly isNew: boolean }
  | { readonly outcome: 'failed'; readonly deal: Deal }
  | { readonly outcome: 'not-arrived'; readonly deal: null };

/** Why a use failed that its own terminal took back while it was pending. */
export const CANCELLED_BY_TERMINAL = 'CANCELLED_BY_TERMINAL';
