import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberCreated } from '../testing/sample-messages.ts';
import type { IncomingMessage, OutgoingMessage } from '../transport/event-transport.ts';
import { bundleBody, bundleBytesMax, bundled, bundleTraces, partsOf } from './bundle.ts';

const arrived = (body: string): IncomingMessage => ({
  ...{ id: 'of the bundle', key: 'member.created.v1', body, traceparent: null },
  ...{ tries: 0, firstFailedAt: null, redelivered: false },
});

const trace = (last: string) => `00-${'1'.repeat(32)}-${'2'.repeat(15)}${last}-01`;

describe('events in bundles', () => {
  it('come out as they went in, whatever they say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: fc.string({ unit: 'binary' }), traced: fc.boolean() }), {
          minLength: 1,
          maxLength: 20,
        }),
        (told) => {
          const events = told.map(({ text, traced }, at): OutgoingMessage => {
            const id = `id-${at}`;
            const traceparent = traced ? trace(String(at % 10)) : null;
            const body = JSON.stringify({ id, data: { text } });
            return { id, key: 'member.created.v1', body, traceparent };
          });
          const { events: parts } = partsOf(arrived(bundleBody(events)), bundleTraces(events));
          expect(
            parts.map(({ id, key, body, traceparent }) => ({ id, key, body, traceparent })),
          ).toEqual(events);
          expect(JSON.parse(bundleBody(events))).toHaveLength(events.length);
        },
      ),
    );
  });

  it('are bounded in number and in bytes, keep their order, and hold one key each', () => {
    const events = Array.from({ length: 7 }, (_, at): OutgoingMessage => {
      return { ...memberCreated(at + 1), key: at === 3 ? 'deal.used.v1' : 'member.created.v1' };
    });
    const numbers = bundled(events, 4).map((bundle) =>
      bundle.events.map((event) => events.indexOf(event)),
    );
    expect(numbers).toEqual([[0, 1, 2, 4], [5, 6], [3]]);
    const large = { ...memberCreated(1), body: 'x'.repeat(bundleBytesMax - 10) };
    expect(bundled([large, ...events.slice(0, 2)], 100).map(({ events: of }) => of.length)).toEqual(
      [1, 2],
    );
    expect(bundled(events, 1)).toHaveLength(7);
  });

  it('are left out when they need not be read, and the others keep what is theirs', () => {
    const events = [1, 2, 3].map((at): OutgoingMessage => {
      return { ...memberCreated(at), traceparent: trace(String(at)) };
    });
    const message = arrived(bundleBody(events));
    const asked: string[] = [];
    const carried = partsOf(message, bundleTraces(events), (key, body) => {
      asked.push(key);
      return body === events[1]!.body;
    });
    expect(carried).toMatchObject({ key: 'member.created.v1', unread: 2 });
    const { key, ...second } = events[1]!;
    expect(carried.events).toMatchObject([second]);
    expect(asked).toEqual([key, key, key]);
  });

  it('are read also as somebody else writes an array', () => {
    const { events: parts } = partsOf(arrived('[ {"id":"a"} ,{"data":1, "id":"b"}]'), null);
    expect(parts.map(({ id, body }) => [id, body])).toEqual([
      ['a', '{"id":"a"}'],
      ['', '{"data":1,"id":"b"}'],
    ]);
    expect(() => partsOf(arrived('[{"id":'), null)).toThrow(SyntaxError);
  });
});
