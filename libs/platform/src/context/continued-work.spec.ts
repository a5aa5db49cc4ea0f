import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ContinuedWork } from './continued-work.ts';
import { currentContext, currentSurrounding, runSurrounded } from './request-context.ts';
import { traceIdOf } from './traceparent.ts';

const incoming = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;

describe('work that goes on from elsewhere', () => {
  it('carries its ids, and the trace with one span of its own however often it is asked', () => {
    const work = new ContinuedWork('event', 'request', incoming);
    const [context, spans] = work.run(() => [
      currentContext(),
      [currentContext()?.traceparent, currentContext()?.traceparent],
    ]);
    expect(context).toMatchObject({ requestId: 'event', correlationId: 'request' });
    expect(traceIdOf(spans[0]!)).toBe(traceIdOf(incoming));
    expect(spans[0]).not.toBe(incoming);
    expect(spans[1]).toBe(spans[0]);
  });

  it.each([null, 'nonsense'])('begins a trace where %p came with it', (came) => {
    expect(new ContinuedWork('event', 'request', came).traceparent).toMatch(
      /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/,
    );
  });

  it('logs as what it begins in', () => {
    const logger = pino({ level: 'silent' });
    runSurrounded({ logger }, () => {
      const work = new ContinuedWork('event', 'request', null);
      expect(work.run(() => currentSurrounding()?.logger)).toBe(logger);
    });
  });
});
