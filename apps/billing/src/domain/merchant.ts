/** A merchant as the rest of the network told it: always the whole of it. */
export interface MerchantFact {
  readonly merchantId: number;
  readonly name: string;
  readonly earnRateBps: number;
  readonly commissionBps: number;
  readonly earnChargeBps: number;
  /** The API keys that are valid now, hashed. */
  readonly keys: readonly { readonly keyId: string; readonly hash: string }[];
  /** Of two facts of one merchant the one with the higher sequence is the newer. */
  readonly sequence: number;
}

/** Merchants that Billing has heard of. */
export abstract class Merchants {
  /** Keeps what is newer than what is kept already; anything older changes nothing (P4). */
  abstract keep(fact: MerchantFact, now: number): Promise<void>;

  /** Whether the merchant has joined, or has had a deal (which can be heard of earlier). */
  abstract isKnown(merchantId: number): Promise<boolean>;
}
