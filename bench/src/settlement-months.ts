/** Seoul has no summer time. */
const SEOUL_MS = 9 * 3_600_000;

/** The month that ended so many months ago (1: the last one), `YYYYMM`, in Seoul. */
export function monthsAgo(months: number): string {
  const today = new Date(Date.now() + SEOUL_MS);
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, 1));
  return first.toISOString().slice(0, 7).replace('-', '');
}
