import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joinEvents } from '../outbox/event-array.ts';
import { readPage, writePage } from './page-text.ts';

describe('The text of a journal page', () => {
  const event = fc
    .record({ id: fc.nat(), text: fc.string({ unit: 'binary', maxLength: 40 }) })
    .map((each) => JSON.stringify(each));
  const pages = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { maxLength: 6 });

  it('is a JSON document, and is read as the very texts that the rows had', () => {
    fc.assert(
      fc.property(pages, fc.boolean(), (rows, more) => {
        const entries = rows.map((events, at) => ({
          position: at + 1,
          events: joinEvents(events),
        }));
        const text = writePage({ entries, more });
        const items = rows.map((events, at) => ({ position: at + 1, events }));
        const nextCursor = more && rows.length > 0 ? String(rows.length) : null;
        expect(readPage(text)).toEqual({ items, nextCursor });
        expect(JSON.parse(text)).toEqual({
          items: items.map((item) => ({ ...item, events: item.events.map(parse) })),
          nextCursor,
        });
      }),
    );
  });

  it('is read wherever the line breaks are missing: then its events are written again', () => {
    const items = [
      { position: 7, events: [{ n: 1 }, { n: 2 }] },
      { position: 8, events: [] },
    ];
    const read = { position: 7, events: ['{"n":1}', '{"n":2}'] };
    expect(readPage(JSON.stringify({ items, nextCursor: '8' }))).toEqual({
      items: [read, { position: 8, events: [] }],
      nextCursor: '8',
    });
    const mixed = writePage({
      entries: [
        { position: 1, events: '[{"n":1},{"n":2}]' },
        { position: 2, events: '[\n{"n":3}\n]' },
      ],
      more: false,
    });
    expect(readPage(mixed).items.map(({ events }) => events)).toEqual([
      ['{"n":1}', '{"n":2}'],
      ['{"n":3}'],
    ]);
  });

  it.each([
    '',
    'gone',
    '{}',
    '{"items":[\n',
    '{"items":[{"position":1,"events":[\n{}\n]}]}',
    '[7]',
  ])('is not %j', (text) => {
    expect(() => readPage(text)).toThrow();
  });

  it('names a number that is no event as what it is: nothing that was told', () => {
    expect(() => readPage('{"items":[{"position":1,"events":[0]}],"nextCursor":null}')).toThrow();
  });
});

function parse(text: string): unknown {
  return JSON.parse(text);
}
