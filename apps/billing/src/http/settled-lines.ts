import type { Statement, StatementLine } from '../domain/statements.ts';
import type { LinePage } from '../queries/list-lines.ts';

/** Lines that are in memory at once. */
const SLICE_LINES = 2_000;

/**
 * The lines that a statement counts, slice by slice: memory does not grow with their number. What
 * later runs settle while it is being read is not among them.
 */
export async function* settledLines(
  statement: Statement,
  linesAfter: (place: number, limit: number) => Promise<LinePage>,
): AsyncGenerator<readonly StatementLine[]> {
  const through = statement.runs.at(-1)?.lines.last ?? 0;
  for (let after: number | null = 0; after !== null && after < through;) {
    const page: LinePage = await linesAfter(after, Math.min(SLICE_LINES, through - after));
    yield page.lines;
    after = page.nextAfter;
  }
}
