import type { LineRange } from './plan-run.ts';

/** How many messages it takes to name the deals of a run, `chunkMax` in each. */
export function chunksOf(lines: LineRange, chunkMax: number): number {
  return Math.ceil((lines.last - lines.first + 1) / chunkMax);
}

/** The lines that chunk number `chunk` (from 1) of a run names; always the same ones. */
export function chunkLines(lines: LineRange, chunk: number, chunkMax: number): LineRange {
  const first = lines.first + (chunk - 1) * chunkMax;
  return { first, last: Math.min(first + chunkMax - 1, lines.last) };
}
