import { Injectable } from '@nestjs/common';
import { Clock } from '@onepoint/platform';
import type { KeptMerchantKey, MerchantKeys } from '@onepoint/platform';
import { MerchantBook } from '../domain/merchant-book.ts';

/** How long a key is believed without asking again: a revoked one is out within this time. */
const BELIEVED_MS = 2_000;
const REMEMBERED_MAX = 10_000;

interface Remembered {
  readonly found: KeptMerchantKey | null;
  readonly until: number;
}

/** Finds merchant keys for the doors; keys that call often are remembered for a moment. */
@Injectable()
export class BookMerchantKeys implements MerchantKeys {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly merchants: MerchantBook,
    private readonly clock: Clock,
  ) {}

  find(keyId: string): KeptMerchantKey | null | Promise<KeptMerchantKey | null> {
    const now = this.clock.now();
    const known = this.remembered.get(keyId);
    return known !== undefined && known.until > now ? known.found : this.ask(keyId, now);
  }

  private async ask(keyId: string, now: number): Promise<KeptMerchantKey | null> {
    const key = await this.merchants.findLiveKey(keyId);
    const found = key === null ? null : { merchantId: key.merchantId, hash: key.hash };
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.clear();
    this.remembered.set(keyId, { found, until: now + BELIEVED_MS });
    return found;
  }
}
