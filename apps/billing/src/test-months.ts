import { BusinessCalendar } from '@onepoint/platform';

export const calendar = new BusinessCalendar('Asia/Seoul');
/** The month that runs, and those before it: `monthsAgo(1)` is the one that ended last. */
export const thisMonth = calendar.monthOf(Date.now());

export function monthsAgo(months: number): string {
  let month = thisMonth;
  for (let at = 0; at < months; at += 1) {
    month = calendar.monthOf(calendar.startOfMonth(month) - 1);
  }
  return month;
}
