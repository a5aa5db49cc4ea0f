import { describe, expect, it } from '@jest/globals';
import { continueTrace, traceIdOf } from './traceparent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('a traceparent', () => {
  it('goes on with the same trace, the same flags and a span of its own', () => {
    const next = continueTrace(`00-${trace}-00f067aa0ba902b7-00`);
    expect(next).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    expect(next).not.toContain('00f067aa0ba902b7');
    expect(traceIdOf(next)).toBe(trace);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `01-${trace}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
  ])('begins anew after %p', (incoming) => {
    const next = continueTrace(incoming);
    expect(next).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(next).not.toContain(trace);
  });
});
