import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { merchantTerms } from '../values/merchant-terms.ts';
import { entityId } from '../values/numbers.ts';

/** The most API keys that one merchant may hold at once. */
export const merchantKeysMax = 20;

/** A merchant as its readers need it: always the whole of it, so that the newest alone is enough. */
const merchantFact = z.object({
  merchantId: entityId,
  name: z.string().min(1).max(100),
  ...merchantTerms,
  keys: z
    .array(
      z.object({
        keyId: z.string().min(1).max(64),
        hash: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .describe("SHA-256 of the key's secret"),
      }),
    )
    .max(merchantKeysMax)
    .describe(
      'the keys that are valid now; a secret has 256 random bits, so its hash tells nothing',
    ),
});

/** A merchant joined the network. */
export const merchantRegistered = defineEvent({
  key: 'merchant.registered.v1',
  source: 'deal',
  aggregate: 'merchant',
  meaning: 'A merchant joined the network.',
  data: merchantFact,
});

/** A merchant's name, terms or keys changed. */
export const merchantUpdated = defineEvent({
  key: 'merchant.updated.v1',
  source: 'deal',
  aggregate: 'merchant',
  meaning: "A merchant's name, terms or keys changed; here is the whole of it as it stands now.",
  data: merchantFact,
});
