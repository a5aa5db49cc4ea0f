import { describe, expect, it } from '@jest/globals';
import { redactFields, redactText } from './redact.ts';

const marker = 'PLANTED-7f3a';

describe('redaction', () => {
  it.each(['name', 'phone', 'email', 'address', 'authorization', 'Set-Cookie', 'service_token'])(
    'masks %s at any depth',
    (key) => {
      const line = JSON.stringify(
        redactFields({
          [key]: marker,
          member: { [key]: marker, list: [{ [key]: { x: marker } }] },
        }),
      );
      expect(line).not.toContain(marker);
    },
  );

  it('leaves everything else as it is', () => {
    const fields = {
      dealId: 7,
      status: 'success',
      nested: { ok: true, none: null },
      list: [1, 'a'],
    };
    expect(redactFields(fields)).toEqual(fields);
  });

  it.each([
    [`mysql://root:${marker}@db:3306/x`, 'mysql://[redacted]@db:3306/x'],
    [`amqp://${marker}@mq`, 'amqp://[redacted]@mq'],
    [`Authorization: Bearer ${marker}`, 'Authorization: Bearer [redacted]'],
    [`key opk_0123456789abcdef_${marker} used`, 'key [redacted] used'],
    [`GET /members?phone=${marker}&limit=1`, 'GET /members?phone=[redacted]&limit=1'],
    ['http://127.0.0.1:8085/deals', 'http://127.0.0.1:8085/deals'],
  ])('masks what is secret in %j', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it("keeps of an error what tells of it, and nothing of a statement's values", () => {
    const error = Object.assign(new Error(`cannot reach mysql://root:${marker}@db`), {
      code: 'ER_DUP_ENTRY',
      sql: `INSERT INTO member VALUES ('${marker}')`,
      parameters: [marker],
      cause: new Error(`Bearer ${marker}`),
    });
    const line = redactFields({ err: error });
    expect(JSON.stringify(line)).not.toContain(marker);
    expect(line['err']).toMatchObject({ type: 'Error', code: 'ER_DUP_ENTRY' });
  });

  it('ends, however deep or wide a value is', () => {
    const loop: Record<string, unknown> = { wide: Array.from({ length: 1_000 }, () => 1) };
    loop['self'] = loop;
    expect(JSON.stringify(redactFields(loop)).length).toBeLessThan(2_000);
  });
});
