import type { BusinessCalendar } from '@onepoint/platform';
import { signedPoints } from '../domain/settlement-line.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';
import type { LinePage } from '../queries/list-lines.ts';
import { BYTE_ORDER_MARK, csvRow } from './csv.ts';
import type { Cell } from './csv.ts';
import { settledLines } from './settled-lines.ts';

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

/** The lines of a statement as CSV; each part is some thousand rows. */
export async function* linesCsv(
  statement: Statement,
  calendar: BusinessCalendar,
  linesAfter: (place: number, limit: number) => Promise<LinePage>,
  withMark: boolean,
): AsyncGenerator<string> {
  yield `${withMark ? BYTE_ORDER_MARK : ''}${csvRow(Object.keys(columns))}`;
  const cells = Object.values(columns);
  for await (const lines of settledLines(statement, linesAfter)) {
    const rows = lines.map((line) => cells.map((cell) => cell(line, statement, calendar)));
    yield rows.map(csvRow).join('');
  }
}
