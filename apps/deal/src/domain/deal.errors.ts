/** Codes of the deal service; their HTTP status stands in the platform's one table. */
export type DealErrorCode =
  | 'DEAL_NOT_FOUND'
  | 'DEAL_ALREADY_CANCELLED'
  | 'DEAL_NOT_CANCELLABLE'
  | 'DEAL_CANCELLED_BEFORE_ARRIVAL'
  | 'MERCHANT_NOT_FOUND'
  | 'MERCHANT_ALREADY_EXISTS'
  | 'MERCHANT_KEY_NOT_FOUND'
  | 'MERCHANT_KEYS_FULL'
  | 'TERMS_IN_PAST'
  | 'POINT_UNAVAILABLE';

/** A refusal by the rules of the deal service; `detail` becomes members of the problem. */
export class DealError extends Error {
  override readonly name = 'DealError';
  readonly retryAfterS?: number;

  constructor(
    readonly code: DealErrorCode,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
    if (code === 'POINT_UNAVAILABLE') this.retryAfterS = 1;
  }
}

/** No such deal, or none that this caller may know of. */
export function dealNotFound(): DealError {
  return new DealError('DEAL_NOT_FOUND', 'there is no such deal of this merchant');
}

/** No such merchant, or not the caller's own. */
export function merchantNotFound(merchantId: number): DealError {
  return new DealError('MERCHANT_NOT_FOUND', `there is no merchant ${merchantId}`);
}

/** Terms never change what was done under them: a version begins today or later. */
export function termsInPast(validFrom: string): DealError {
  return new DealError('TERMS_IN_PAST', `${validFrom} is over: terms begin today or later`, {
    validFrom,
  });
}

/** The use is recorded as failed: what Point may have done is undone without fail (P3). */
export function pointUnavailable(dealId: number): DealError {
  return new DealError(
    'POINT_UNAVAILABLE',
    'points cannot be used right now; the deal is recorded as failed and takes no point',
    { dealId },
  );
}

/** A deal is cancelled once; the second cancel is told of the first. */
export function alreadyCancelled(dealId: number, cancelledByDealId: number): DealError {
  return new DealError('DEAL_ALREADY_CANCELLED', `deal ${dealId} is cancelled already`, {
    dealId,
    cancelledByDealId,
  });
}
