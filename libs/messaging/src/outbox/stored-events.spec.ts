import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newEventId } from './event-id.ts';
import { messagesOf, storedPieces } from './stored-events.ts';
import type { StoredPiece, ToldEvent } from './stored-events.ts';

function body(text: string): string {
  return JSON.stringify({ id: newEventId(), type: 'member.created', version: 1, text });
}

function told(...bodies: string[]): ToldEvent[] {
  return bodies.map((one) => ({ body: one, traceparent: null }));
}

function rowOf({ count, ...piece }: StoredPiece) {
  return { id: 1, eventCount: count, ...piece };
}

describe('A stored row', () => {
  it('is a JSON array from which every body comes out as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 }),
        (texts) => {
          const bodies = texts.map(body);
          const [piece] = storedPieces(told(...bodies));
          const parsed: unknown = JSON.parse(piece?.events ?? '');
          expect(parsed).toEqual(bodies.map((one) => JSON.parse(one)));
          expect(messagesOf(rowOf(piece!)).map((message) => message.body)).toEqual(bodies);
        },
      ),
    );
  });

  it('ends at 500 events and at 512 KiB', () => {
    const small = Array.from({ length: 501 }, () => body(''));
    expect(storedPieces(told(...small)).map(({ count }) => count)).toEqual([500, 1]);
    const large = Array.from({ length: 3 }, () => body('가'.repeat(80_000)));
    expect(storedPieces(told(...large)).map(({ count }) => count)).toEqual([2, 1]);
  });

  it('gives each event the trace that it came with, stored once where all share it', () => {
    const trace = fc.constantFrom(null, '00-a-b-01', '00-c-d-01');
    fc.assert(
      fc.property(fc.array(trace, { minLength: 1, maxLength: 5 }), (traces) => {
        const [piece] = storedPieces(
          traces.map((traceparent) => ({ body: body(''), traceparent })),
        );
        expect(messagesOf(rowOf(piece!)).map(({ traceparent }) => traceparent)).toEqual(traces);
        expect(piece?.traceparents === null).toBe(new Set(traces).size === 1);
      }),
    );
  });

  it('refuses an event that no row could hold', () => {
    expect(() => storedPieces(told(body('x'.repeat(600_000))))).toThrow('an event of');
  });

  it('is called damaged when it is not what was written', () => {
    const [piece] = storedPieces(told(body('a'), body('b')));
    const damaged = (events: string) => () => messagesOf({ ...rowOf(piece!), events });
    expect(damaged('[]')).toThrow('outbox row 1 cannot be read');
    expect(damaged(piece!.events.replaceAll('member.created', 'no.such'))).toThrow(
      'cannot be read',
    );
  });
});
