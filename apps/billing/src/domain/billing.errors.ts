import type { Figures } from './figures.ts';

/** Codes of the billing service; their HTTP status stands in the platform's one table. */
export type BillingErrorCode =
  | 'MERCHANT_NOT_FOUND'
  | 'BILLING_NOT_FOUND'
  | 'CLOSE_NOT_FOUND'
  | 'MONTH_IN_FUTURE'
  | 'SETTLEMENT_INCOMPLETE'
  | 'DEAL_UNAVAILABLE'
  | 'OVERLOADED';

/** A refusal by the rules of the billing service. */
export class BillingError extends Error {
  override readonly name = 'BillingError';

  constructor(
    readonly code: BillingErrorCode,
    message: string,
    /** Further members of what the caller is told. */
    readonly detail: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nobody of that id has joined the network, as far as Billing has heard. */
export function merchantNotFound(merchantId: number): BillingError {
  return new BillingError('MERCHANT_NOT_FOUND', `there is no merchant ${merchantId}`);
}

/** No such billing, or it is another merchant's (P12). */
export function billingNotFound(billingId: number): BillingError {
  return new BillingError('BILLING_NOT_FOUND', `there is no billing ${billingId}`);
}

/** Nobody has asked for this month to be closed. */
export function closeNotFound(billingMonth: string): BillingError {
  return new BillingError('CLOSE_NOT_FOUND', `nobody has closed ${billingMonth}`);
}

/** The month has not begun. */
export function monthInFuture(billingMonth: string): BillingError {
  return new BillingError('MONTH_IN_FUTURE', `${billingMonth} has not begun yet`);
}

/** Deal knows of other deals than Billing: events are still on their way. Nothing was settled. */
export function settlementIncomplete(deal: Figures, billing: Figures): BillingError {
  return new BillingError(
    'SETTLEMENT_INCOMPLETE',
    'Deal and Billing do not know of the same deals yet; nothing was settled',
    { deal, billing },
  );
}

/** Deal gave no answer that can be relied on, so that a finished month cannot be shown complete. */
export function dealUnavailable(cause: unknown): BillingError {
  return new BillingError('DEAL_UNAVAILABLE', 'Deal cannot be asked at the moment', {}, { cause });
}

/** The same billing was settled by others again and again while this caller tried. */
export function billingContended(billingMonth: string): BillingError {
  return new BillingError('OVERLOADED', `too many settle ${billingMonth} at once`);
}
