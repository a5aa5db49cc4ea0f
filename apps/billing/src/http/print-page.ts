import { signedPoints } from '../domain/settlement-line.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';
import type { LinePage } from '../queries/list-lines.ts';
import { markup } from './markup.ts';
import type { Html } from './markup.ts';
import { printHead, won } from './print-head.ts';
import type { PrintWords } from './print-words.ts';
import { settledLines } from './settled-lines.ts';

/** A statement as a page to print, line by line: memory does not grow with their number. */
export async function* printPage(
  statement: Statement,
  words: PrintWords,
  timeZone: string,
  linesAfter: (place: number, limit: number) => Promise<LinePage>,
): AsyncGenerator<string> {
  const timeOf = clockOf(timeZone);
  yield printHead(statement, words, timeOf).text;
  yield markup`<h2>${words.lines}</h2>
<table id="lines"><thead><tr><th>${words.deal}</th><th>${words.dealDate}</th><th>${words.type}</th>
<th class="n">${words.rate}</th><th class="n">${words.used}</th><th class="n">${words.earned}</th></tr></thead>
<tbody>`.text;
  for await (const lines of settledLines(statement, linesAfter)) {
    yield lines.map((line) => lineRow(line, words, timeOf).text).join('');
  }
  const { netPoints, earnedPoints, earnCancelledPoints } = statement.totals;
  yield markup`<tr class="sum"><td colspan="4">${words.sum}</td><td class="n">${won(netPoints)}</td>
<td class="n">${won(earnedPoints - earnCancelledPoints)}</td></tr></tbody></table>
<p>${words.note}</p></body></html>
`.text;
}

function lineRow(
  line: StatementLine,
  words: PrintWords,
  timeOf: (instantMs: number) => string,
): Html {
  const isUse = line.type === 'use' || line.type === 'useCancel';
  const points = won(signedPoints(line));
  const rate = (isUse ? line.commissionBps : line.earnChargeBps) / 100;
  return markup`<tr><td>${line.dealId}</td><td>${timeOf(line.dealDate)}</td><td>${words.types[line.type]}</td>
<td class="n">${rate} %</td><td class="n">${isUse ? points : ''}</td><td class="n">${isUse ? '' : points}</td></tr>
`;
}

/** `2026-11-23 14:39:05` on the clocks of the business. */
function clockOf(timeZone: string): (instantMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (instantMs) => format.format(instantMs);
}
