import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import { readIdempotencyKey } from './idempotency-key.ts';

describe('an idempotency key', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(sampleBlueprint(sampleSettings()));
  });
  afterAll(() => service.stop());

  const order = (headers: Record<string, string>) =>
    fetch(`${service.url}/sample/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"amount":1}',
    });

  it('reaches the handler, or null does', async () => {
    const given = await order({ 'idempotency-key': 'k-1' });
    expect(await given.json()).toEqual({ amount: 1, key: 'k-1' });
    expect(await (await order({})).json()).toEqual({ amount: 1, key: null });
  });

  it('marks an answer that is a repetition, and only that', async () => {
    const first = await order({ 'idempotency-key': 'first' });
    const again = await order({ 'idempotency-key': 'again' });
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  });

  it('is refused when it is too long', async () => {
    const response = await order({ 'idempotency-key': 'k'.repeat(256) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ path: 'Idempotency-Key' }],
    });
  });

  it.each(['a', 'k'.repeat(255), '8e03978e-40d5-43e8-bc93-6894a57f9324', 'two words'])(
    'may be %j',
    (key) => {
      expect(readIdempotencyKey(key)).toBe(key);
    },
  );

  it.each(['', ' ', ' a', 'a\n', 'ключ', '키', 'k'.repeat(256), 'a\u007f'])(
    'may not be %j',
    (key) => {
      expect(() => readIdempotencyKey(key)).toThrow('printable ASCII');
    },
  );
});
