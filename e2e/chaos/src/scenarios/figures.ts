import type { Attempt } from '../load/history.ts';

/** The value below which this share of them lies; 0 of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
}

/** How long the attempts took, in milliseconds: `p50 3, p99 12`. */
export function tookOf(attempts: readonly Attempt[]): string {
  const took = attempts.map(({ tookMs }) => tookMs);
  const at = (share: number): string => percentile(took, share).toFixed(0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
}

/** `201: 4990, 503: 10`. */
export function statusesOf(attempts: readonly Attempt[]): string {
  const counts = Map.groupBy(attempts, ({ status, code }) =>
    status === null ? (code ?? 'none') : code === null ? String(status) : `${status} ${code}`,
  );
  return [...counts].map(([status, own]) => `${status}: ${own.length}`).join(', ');
}

/** Does the jobs, so many at once, and answers what each brought. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const place = next;
      next += 1;
      results[place] = await work(items[place]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** Whole numbers from 0. */
export const counted = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
