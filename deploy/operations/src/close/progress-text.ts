import type { MonthCloseView } from '@onepoint/contracts';

const number = new Intl.NumberFormat('en-US');
const BAR_MAX = 40;
const BAR_MIN = 10;

/** Merchants of which it is known how they came out. */
export function doneOf({ merchants, waiting }: MonthCloseView): number {
  return merchants - waiting;
}

/** 0 to 100, rounded down: 100 means all. */
export function percentOf(progress: MonthCloseView): number {
  const { merchants, state } = progress;
  if (merchants === 0) return state === 'done' ? 100 : 0;
  return Math.floor((doneOf(progress) / merchants) * 100);
}

/** How far it is, in words: for a log, and behind a bar. */
export function progressWords(progress: MonthCloseView): string {
  const { merchants, problems } = progress;
  const words = [`${number.format(doneOf(progress))} of ${number.format(merchants)} merchants`];
  if (problems > 0) words.push(`${number.format(problems)} with problems`);
  return words.join(', ');
}

/**
 * One line for a terminal of so many columns: percent, a bar, words, and how long it may still take.
 *
 * @param perSecond merchants settled in a second so far; null: not known yet
 */
export function progressBar(
  progress: MonthCloseView,
  perSecond: number | null,
  columns: number,
): string {
  const { billingMonth, waiting } = progress;
  const percent = percentOf(progress);
  const isKnown = waiting > 0 && perSecond !== null && perSecond > 0;
  const left = isKnown ? `, ${leftWords(waiting / perSecond)}` : '';
  const before = `${billingMonth} `;
  const after = ` ${String(percent).padStart(3)} %  ${progressWords(progress)}${left}`;
  const width = columns - 1 - before.length - after.length;
  if (width < BAR_MIN) return `${before}${after.trim()}`.slice(0, Math.max(columns - 1, 1));
  const cells = Math.min(width, BAR_MAX);
  const full = Math.floor((cells * percent) / 100);
  return `${before}${'█'.repeat(full)}${'░'.repeat(cells - full)}${after}`;
}

function leftWords(seconds: number): string {
  if (seconds < 1) return 'about 1 s left';
  if (seconds < 90) return `about ${Math.round(seconds)} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
