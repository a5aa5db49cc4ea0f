/** Merchants that a developer's machine starts with: the seed's scenario trades at number 20. */
const SAMPLE_MERCHANTS = [
  { id: 20, name: 'Seed Coffee · 씨앗커피' },
  { id: 30, name: 'Hanok Books · 한옥책방' },
];

/** A sample merchant could not be registered. */
export class SampleMerchantRefused extends Error {
  override readonly name = 'SampleMerchantRefused';
}

/**
 * Registers the sample merchants through Deal's own door; those that are there already stay as they
 * are. Only for open doors: it shows no credential.
 */
export async function registerSampleMerchants(dealUrl: string): Promise<void> {
  for (const merchant of SAMPLE_MERCHANTS) {
    const response = await fetch(`${dealUrl}/merchants`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(merchant),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status !== 201 && response.status !== 409) {
      throw new SampleMerchantRefused(`merchant ${merchant.id} was answered ${response.status}`);
    }
  }
}
