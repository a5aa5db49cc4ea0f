import type { BillingTotals } from '../domain/billing-totals.ts';
import type { Statement } from '../domain/statements.ts';
import { feeParts } from '../domain/vat.ts';
import { Html, markup } from './markup.ts';
import type { PrintWords } from './print-words.ts';

const style = new Html(`<style>
  body { font: 10pt/1.5 "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #111; }
  h1 { font-size: 16pt; margin: 0 0 1rem; } h2 { font-size: 11pt; margin: 1.5rem 0 .3rem; }
  table { border-collapse: collapse; width: 100%; } th, td { padding: .15rem .4rem; border-bottom: 1px solid #ccc; text-align: left; }
  .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .part { color: #555; font-size: 9pt; } .part td:first-child { padding-left: 1.5rem; }
  .sum td, .sum th { border-top: 1px solid #111; font-weight: 600; }
  @media print { body { margin: 0; max-width: none; padding: 0; } thead { display: table-header-group; } tr { break-inside: avoid; } @page { size: A4; margin: 15mm; } }
</style>`);

/** Won with separators; a minus sign that stays with its number. */
export function won(amount: number): string {
  // + 0: zero has no sign.
  return (amount + 0).toLocaleString('en-US').replace('-', '\u2212');
}

/** The head of a printed statement: whose it is, what it comes to, and its runs. */
export function printHead(
  statement: Statement,
  words: PrintWords,
  timeOf: (instantMs: number) => string,
): Html {
  const { merchantId, merchantName, billingMonth } = statement;
  const name = `${merchantName ?? ''} (${merchantId})`.trim();
  return markup`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title} ${billingMonth} ${name}</title>${style}</head><body>
<h1>${words.title}</h1>
<table><tbody>
<tr><th>${words.merchant}</th><td>${name}</td></tr>
<tr><th>${words.month}</th><td>${words.monthName(billingMonth)}</td></tr>
</tbody></table>
<h2>${words.totals}</h2>
<table id="totals"><tbody>${totalRows(statement, words)}</tbody></table>
<h2>${words.runs}</h2>
<table id="runs"><thead><tr><th>${words.settledAt}</th><th class="n">${words.deals}</th>
<th class="n">${words.netPoints}</th><th class="n">${words.billingAmount}</th>
<th class="n">${words.earnCharge}</th><th class="n">${words.net}</th></tr></thead>
<tbody>${runRows(statement, words, timeOf)}</tbody></table>
`;
}

function totalRows({ totals, carryOver }: Statement, words: PrintWords): Html[] {
  const { supply, vat } = feeParts(totals.commission);
  const row = (label: string, amount: number, kind: '' | 'part' | 'sum' = ''): Html =>
    markup`<tr class="${kind}"><td>${label}</td><td class="n">${won(amount)}</td></tr>
`;
  return [
    row(words.usedPoints, totals.usedPoints),
    row(words.cancelledPoints, -totals.cancelledPoints),
    row(words.netPoints, totals.netPoints, 'sum'),
    row(words.commission, -totals.commission),
    row(words.commissionSupply, -supply, 'part'),
    row(words.commissionVat, -vat, 'part'),
    row(words.billingAmount, totals.billingAmount, 'sum'),
    row(words.earnCharge, -totals.earnCharge),
    row(words.net, totals.net, 'sum'),
    row(words.opening, carryOver.opening),
    row(words.payable, carryOver.payable, 'sum'),
    row(words.closing, carryOver.closing),
  ];
}

/** The runs, and what came before those that are shown, so that the columns add up. */
function runRows(
  { runs, runCount, totals }: Statement,
  words: PrintWords,
  timeOf: (instantMs: number) => string,
): Html[] {
  const row = (label: string, made: BillingTotals, kind: '' | 'sum' = ''): Html =>
    markup`<tr class="${kind}"><td>${label}</td><td class="n">${won(made.dealCount)}</td>
<td class="n">${won(made.netPoints)}</td><td class="n">${won(made.billingAmount)}</td>
<td class="n">${won(-made.earnCharge)}</td><td class="n">${won(made.net)}</td></tr>
`;
  const rows = runs.map(({ settledAt, made }) => row(timeOf(settledAt), made));
  if (runCount > runs.length) {
    const earlier = { ...totals };
    for (const { made } of runs) {
      earlier.dealCount -= made.dealCount;
      earlier.netPoints -= made.netPoints;
      earlier.billingAmount -= made.billingAmount;
      earlier.earnCharge -= made.earnCharge;
      earlier.net -= made.net;
    }
    rows.unshift(row(`${words.earlierRuns} (${runCount - runs.length})`, earlier));
  }
  return [...rows, row(words.sum, totals, 'sum')];
}
