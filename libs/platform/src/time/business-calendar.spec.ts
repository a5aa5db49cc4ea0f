import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessCalendar, NotInCalendar } from './business-calendar.ts';

const seoul = new BusinessCalendar('Asia/Seoul');
const at = (iso: string) => Date.parse(iso);

describe('the business calendar in Seoul', () => {
  it('ends a month at its last millisecond', () => {
    const last = at('2026-03-31T14:59:59.999Z');
    expect(seoul.monthOf(last)).toBe('202603');
    expect(seoul.monthOf(last + 1)).toBe('202604');
    expect(seoul.endOfMonth('202603')).toBe(last + 1);
    expect(seoul.startOfMonth('202604')).toBe(last + 1);
  });

  it('turns the year at midnight in Seoul', () => {
    expect(seoul.monthOf(at('2026-12-31T14:59:59.999Z'))).toBe('202612');
    expect(seoul.monthOf(at('2026-12-31T15:00:00.000Z'))).toBe('202701');
  });

  it('has a leap day when there is one', () => {
    expect(seoul.dayOf(at('2028-02-28T15:00:00.000Z'))).toBe('2028-02-29');
    expect(seoul.dayOf(at('2028-02-29T14:59:59.999Z'))).toBe('2028-02-29');
    expect(seoul.dayOf(at('2028-02-29T15:00:00.000Z'))).toBe('2028-03-01');
    expect(seoul.dayOf(at('2026-02-28T15:00:00.000Z'))).toBe('2026-03-01');
    expect(seoul.endOfMonth('202802') - seoul.startOfMonth('202802')).toBe(29 * 86_400_000);
  });

  it('turns each day at midnight in Seoul, to the millisecond', () => {
    expect(seoul.dayOf(at('2026-07-14T14:59:59.999Z'))).toBe('2026-07-14');
    expect(seoul.dayOf(at('2026-07-14T15:00:00.000Z'))).toBe('2026-07-15');
  });

  it('agrees with Intl on any instant, in any order', () => {
    const reader = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul' });
    const instant = fc.integer({
      min: at('2000-01-01T00:00:00Z'),
      max: at('2999-12-31T00:00:00Z'),
    });
    fc.assert(
      fc.property(instant, (instantMs) => {
        const day = reader.format(instantMs);
        expect(seoul.dayOf(instantMs)).toBe(day);
        expect(seoul.monthOf(instantMs)).toBe(day.slice(0, 7).replace('-', ''));
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows the first millisecond of a day, and the first after it', () => {
    expect(seoul.startOfDay('2026-07-15')).toBe(at('2026-07-14T15:00:00.000Z'));
    expect(seoul.endOfDay('2026-07-15')).toBe(at('2026-07-15T15:00:00.000Z'));
    expect(seoul.endOfDay('2026-12-31')).toBe(seoul.startOfMonth('202701'));
    expect(seoul.startOfDay('2028-02-29')).toBe(at('2028-02-28T15:00:00.000Z'));
  });

  it.each(['2026-02-29', '2026-11-31', '2026-13-01', '2026-11-00', '20261123', '1999-12-31', ''])(
    'knows no day %j',
    (day) => {
      expect(() => seoul.startOfDay(day)).toThrow(NotInCalendar);
    },
  );

  it('leaves no gap between two months', () => {
    for (let year = 2020; year < 2030; year += 1) {
      for (let month = 1; month < 12; month += 1) {
        const name = (number: number) => `${year}${String(number).padStart(2, '0')}`;
        expect(seoul.endOfMonth(name(month))).toBe(seoul.startOfMonth(name(month + 1)));
      }
    }
  });

  it.each(['2026', '202600', '202613', '2026-1', '199912', '300001', ' 202601', ''])(
    'knows no month %j',
    (month) => {
      expect(() => seoul.startOfMonth(month)).toThrow(NotInCalendar);
    },
  );

  it.each([NaN, Infinity, 0.5, -1e15, 9e15])('knows no instant %p', (instantMs) => {
    expect(() => seoul.monthOf(instantMs)).toThrow(NotInCalendar);
  });
});

describe('the business calendar where clocks change', () => {
  it('has days of 23 and 25 hours', () => {
    const berlin = new BusinessCalendar('Europe/Berlin');
    expect(berlin.dayOf(at('2026-03-29T21:59:59.999Z'))).toBe('2026-03-29');
    expect(berlin.dayOf(at('2026-03-29T22:00:00.000Z'))).toBe('2026-03-30');
    expect(berlin.endOfDay('2026-03-29') - berlin.startOfDay('2026-03-29')).toBe(23 * 3_600_000);
    expect(berlin.dayOf(at('2026-10-25T22:59:59.999Z'))).toBe('2026-10-25');
    expect(berlin.dayOf(at('2026-10-25T23:00:00.000Z'))).toBe('2026-10-26');
  });

  it('begins a day at the jump when there is no midnight', () => {
    const saoPaulo = new BusinessCalendar('America/Sao_Paulo');
    expect(saoPaulo.dayOf(at('2018-11-04T02:59:59.999Z'))).toBe('2018-11-03');
    expect(saoPaulo.dayOf(at('2018-11-04T03:00:00.000Z'))).toBe('2018-11-04');
  });
});
