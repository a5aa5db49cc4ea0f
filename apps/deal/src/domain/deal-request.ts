/** A purchase that earns points. */
export interface SaveRequest {
  readonly kind: 'save';
  readonly memberId: number;
  readonly merchantId: number;
  readonly dealAmount: number;
}

/** A payment made with points. */
export interface UseRequest {
  readonly kind: 'use';
  readonly memberId: number;
  readonly merchantId: number;
  readonly dealAmount: number;
  /** 1 or more. */
  readonly point: number;
}

/** A cancel that names its original. What else it says of it must be true. */
export interface CancelRequest {
  readonly kind: 'cancel';
  readonly originalDealId: number;
  /** null: an operator, who may cancel any merchant's deal. */
  readonly merchantId: number | null;
  readonly memberId: number | null;
  readonly dealAmount: number | null;
  /** null: whatever the original is. */
  readonly originalType: 'save' | 'use' | null;
}

/** The seed's cancel: the newest successful uncancelled deal that looks like this. */
export interface CancelNewestRequest {
  readonly kind: 'cancelNewest';
  readonly memberId: number;
  readonly merchantId: number;
  readonly dealAmount: number;
  readonly originalType: 'save' | 'use' | null;
}

/** Everything that can be asked of the deal book. */
export type DealRequest = SaveRequest | UseRequest | CancelRequest | CancelNewestRequest;

/** What makes a request the same request when it is sent again. */
export interface RequestKey {
  /** Keys belong to the caller. */
  readonly caller: string;
  readonly key: string;
  /** Hash of route and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
}

/** The call that something is done for; what it sets off elsewhere carries it on. */
export interface Origin {
  readonly correlationId: string;
  /** W3C trace context. */
  readonly traceparent: string;
}

/** A request with the key it came under, if any. */
export interface KeyedRequest {
  readonly request: DealRequest;
  readonly key: RequestKey | null;
  /** Absent: nobody's call. */
  readonly origin?: Origin | undefined;
}
