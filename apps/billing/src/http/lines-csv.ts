import type { BusinessCalendar } from '@onepoint/platform';
import { signedPoints } from '../domain/settlement-line.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';
import type { LinePage } from '../queries/list-lines.ts';
import { BYTE_ORDER_MARK, csvRow } from './csv.ts';
import type { Cell } from './csv.ts';

/** Lines that are in memory at once. */
const SLICE_LINES = 2_000;

/** What an accountant needs of each line; points carry their sign. */
const columns: Record<
  string,
  (line: StatementLine, of: Statement, calendar: BusinessCalendar) => Cell
> = {
  merchantId: (line) => line.merchantId,
  merchantName: (_line, { merchantName }) => merchantName,
  billingMonth: (line) => line.billingMonth,
  dealId: (line) => line.dealId,
  dealDay: (line, _of, calendar) => calendar.dayOf(line.dealDate),
  dealDate: (line) => new Date(line.dealDate).toISOString(),
  type: (line) => line.type,
  point: (line) => signedPoints(line),
  commissionBps: (line) => line.commissionBps,
  earnChargeBps: (line) => line.earnChargeBps,
  memberId: (line) => line.memberId,
  originalDealId: (line) => line.originalDealId,
  runId: (line) => line.runId,
};

/**
 * The lines of a statement as CSV, slice by slice: memory does not grow with their number. What
 * later runs settle while it is being read is not in it.
 */
export async function* linesCsv(
  statement: Statement,
  calendar: BusinessCalendar,
  linesAfter: (place: number, limit: number) => Promise<LinePage>,
  withMark: boolean,
): AsyncGenerator<string> {
  yield `${withMark ? BYTE_ORDER_MARK : ''}${csvRow(Object.keys(columns))}`;
  const cells = Object.values(columns);
  const through = statement.runs.at(-1)?.lines.last ?? 0;
  for (let after: number | null = 0; after !== null && after < through;) {
    const page: LinePage = await linesAfter(after, Math.min(SLICE_LINES, through - after));
    const rows = page.lines.map((line) => cells.map((cell) => cell(line, statement, calendar)));
    yield rows.map(csvRow).join('');
    after = page.nextAfter;
  }
}
