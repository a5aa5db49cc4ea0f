import { instantOfLocal, localTimeMs } from './zone-offset.ts';

/** An instant or a month outside of what the business calendar covers, or malformed. */
export class NotInCalendar extends Error {
  override readonly name = 'NotInCalendar';
}

interface MonthPage {
  readonly month: string;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** Where each day begins, from the first. */
  readonly dayStartsMs: readonly number[];
}

/** Fifty years of months; older pages are thrown away and written again when needed. */
const pagesMax = 600;
const monthPattern = /^(\d{4})(0[1-9]|1[0-2])$/;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const yearFirst = 2000;
const yearLast = 2999;

/**
 * Days and months as the business sees them (Asia/Seoul unless configured otherwise), to the
 * millisecond, from 2000 to 2999. Pages are computed once per month by Intl and kept.
 */
export class BusinessCalendar {
  readonly timeZone: string;
  readonly #pages = new Map<string, MonthPage>();
  #recent: MonthPage | undefined;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** The month, `YYYYMM`, to which an instant (epoch ms) belongs. Throws NotInCalendar. */
  monthOf(instantMs: number): string {
    return this.#pageOf(instantMs).month;
  }

  /** The day, `YYYY-MM-DD`, to which an instant (epoch ms) belongs. Throws NotInCalendar. */
  dayOf(instantMs: number): string {
    const { month, startMs, dayStartsMs } = this.#pageOf(instantMs);
    let day = Math.min(Math.floor((instantMs - startMs) / 86_400_000) + 1, dayStartsMs.length);
    while (day > 1 && instantMs < (dayStartsMs[day - 1] ?? 0)) day -= 1;
    while (instantMs >= (dayStartsMs[day] ?? Infinity)) day += 1;
    return `${month.slice(0, 4)}-${month.slice(4)}-${String(day).padStart(2, '0')}`;
  }

  /** The first millisecond of a day `YYYY-MM-DD`. Throws NotInCalendar. */
  startOfDay(day: string): number {
    return this.#day(day).startMs;
  }

  /** The first millisecond after a day `YYYY-MM-DD`. Throws NotInCalendar. */
  endOfDay(day: string): number {
    return this.#day(day).endMs;
  }

  /** The first millisecond of a month `YYYYMM`. Throws NotInCalendar. */
  startOfMonth(month: string): number {
    return this.#page(month).startMs;
  }

  /** The first millisecond after a month `YYYYMM`. Throws NotInCalendar. */
  endOfMonth(month: string): number {
    return this.#page(month).endMs;
  }

  #day(day: string): { startMs: number; endMs: number } {
    const [, year, month, ofMonth] = dayPattern.exec(day) ?? [];
    const { dayStartsMs, endMs } = this.#page(`${year}${month}`);
    const startMs = dayStartsMs[Number(ofMonth) - 1];
    if (startMs === undefined) throw new NotInCalendar(`there is no day ${day}`);
    return { startMs, endMs: dayStartsMs[Number(ofMonth)] ?? endMs };
  }

  #pageOf(instantMs: number): MonthPage {
    const recent = this.#recent;
    if (recent !== undefined && instantMs >= recent.startMs && instantMs < recent.endMs) {
      return recent;
    }
    if (!Number.isSafeInteger(instantMs) || Math.abs(instantMs) > 8.64e15) {
      throw new NotInCalendar('an instant must be a whole number of milliseconds');
    }
    const local = new Date(localTimeMs(instantMs, this.timeZone));
    const page = this.#page(monthName(local.getUTCFullYear(), local.getUTCMonth() + 1));
    this.#recent = page;
    return page;
  }

  #page(month: string): MonthPage {
    const known = this.#pages.get(month);
    if (known !== undefined) return known;
    const page = writePage(month, this.timeZone);
    if (this.#pages.size >= pagesMax) {
      for (const oldest of this.#pages.keys()) {
        this.#pages.delete(oldest);
        break;
      }
    }
    this.#pages.set(month, page);
    return page;
  }
}

function writePage(month: string, timeZone: string): MonthPage {
  const match = monthPattern.exec(month);
  const year = Number(match?.[1]);
  if (match === null || year < yearFirst || year > yearLast) {
    throw new NotInCalendar(`a month is YYYYMM, from ${yearFirst}01 to ${yearLast}12`);
  }
  const monthIndex = Number(match[2]) - 1;
  const days = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
  const dayStartsMs: number[] = [];
  for (let day = 1; day <= days; day += 1) {
    dayStartsMs.push(instantOfLocal(Date.UTC(year, monthIndex, day), timeZone));
  }
  const startMs = dayStartsMs[0] ?? NaN;
  const endMs = instantOfLocal(Date.UTC(year, monthIndex + 1, 1), timeZone);
  return { month, startMs, endMs, dayStartsMs };
}

function monthName(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}${String(month).padStart(2, '0')}`;
}
