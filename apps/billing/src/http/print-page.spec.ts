import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsOf } from '../domain/billing-totals.ts';
import { carryOver } from '../domain/carry-over.ts';
import { planRun } from '../domain/plan-run.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';
import { anyDeal, sumsOf } from '../domain/test-deals.ts';
import type { SummedDeal } from '../domain/test-deals.ts';
import { addSums } from '../domain/term-sums.ts';
import { printPage } from './print-page.ts';
import { printWords } from './print-words.ts';

function statementOf(deals: readonly SummedDeal[], opening = 0, name = 'shop'): Statement {
  const sums = addSums(sumsOf(deals));
  const totals = totalsOf(sums);
  const lines = { first: 1, last: deals.length };
  const { made } = deals.length === 0 ? { made: totals } : planRun(1, [], lines, sumsOf(deals));
  return {
    id: 1,
    merchantId: 20,
    merchantName: name,
    billingMonth: '202603',
    totals,
    sums,
    carryOver: carryOver(opening, totals.net),
    runCount: 1,
    runs: [{ id: 7, runNo: 1, lines, settledAt: Date.parse('2026-03-31T14:59:59.999Z'), made }],
  };
}

async function pageOf(
  statement: Statement,
  deals: readonly SummedDeal[],
  lang: 'ko' | 'en' = 'en',
): Promise<string> {
  const lines = deals.map((deal, at): StatementLine => ({
    ...deal,
    place: at + 1,
    runId: 7,
    dealId: at + 1,
    memberId: 1,
    merchantId: 20,
    billingMonth: '202603',
    dealDate: Date.parse('2026-03-31T14:59:59.999Z'),
    originalDealId: null,
  }));
  const linesAfter = async () => ({ lines, nextAfter: null });
  let text = '';
  for await (const part of printPage(statement, printWords[lang], 'Asia/Seoul', linesAfter)) {
    text += part;
  }
  return text;
}

/** The cells of a table of the page, row by row, as a reader sees them. */
function cellsOf(page: string, table: string): string[][] {
  const [, body = ''] = new RegExp(`id="${table}">.*?<tbody>(.*?)</tbody>`, 's').exec(page) ?? [];
  return [...body.matchAll(/<tr.*?>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td.*?>(.*?)<\/td>/gs)].map(([, cell = '']) => cell),
  );
}

const number = (cell: string | undefined): number =>
  Number((cell ?? '').replaceAll(',', '').replace('\u2212', '-'));

const sum = (...amounts: readonly (bigint | undefined)[]): bigint =>
  amounts.reduce((added: bigint, each) => added + (each ?? 0n), 0n);

describe('a printed statement', () => {
  it('adds up to the won, in every column and from top to bottom', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyDeal, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -1_000_000, max: 0 }),
        async (deals, opening) => {
          const page = await pageOf(statementOf(deals, opening), deals);
          const [used, cancelled, points, fee, supply, vat, amount, charge, net, open, paid, rest] =
            cellsOf(page, 'totals').map(([, cell]) => BigInt(number(cell)));
          expect(sum(used, cancelled)).toBe(points);
          expect(sum(supply, vat)).toBe(fee);
          expect(sum(points, fee)).toBe(amount);
          expect(sum(amount, charge)).toBe(net);
          expect(sum(open, net)).toBe(sum(paid, rest));
          for (const column of [1, 2, 3, 4, 5]) {
            const cells = cellsOf(page, 'runs').map((row) => BigInt(number(row[column])));
            expect(sum(...cells.slice(0, -1))).toBe(cells.at(-1));
          }
          const lines = cellsOf(page, 'lines');
          const [, usedSum, earnedSum] = lines.at(-1) ?? [];
          const added = (column: number): bigint =>
            sum(...lines.slice(0, -1).map((row) => BigInt(number(row[column]))));
          expect([added(4), added(5)]).toEqual([
            BigInt(number(usedSum)),
            BigInt(number(earnedSum)),
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('shows times on the clocks of the business, in Korean or English', async () => {
    const deals: SummedDeal[] = [
      { type: 'use', point: 1_000, commissionBps: 150, earnChargeBps: 0 },
    ];
    const [ko, en] = [
      await pageOf(statementOf(deals), deals, 'ko'),
      await pageOf(statementOf(deals), deals, 'en'),
    ];
    expect(ko).toContain('<html lang="ko">');
    expect(ko).toContain('2026년 3월');
    expect(en).toContain('<html lang="en">');
    expect(cellsOf(en, 'lines')[0]).toEqual([
      '1',
      '2026-03-31 23:59:59',
      'use',
      '1.5 %',
      '1,000',
      '',
    ]);
  });

  it('never runs what a merchant is called', async () => {
    const page = await pageOf(statementOf([], 0, `<script>alert("1")</script>&'`), []);
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
  });

  it('shows what came before the runs that it has room for', async () => {
    const deals: SummedDeal[] = [{ type: 'use', point: 300, commissionBps: 200, earnChargeBps: 0 }];
    const statement = statementOf(deals);
    const [run] = statement.runs;
    const made = { ...totalsOf([]), dealCount: 1, netPoints: 100, billingAmount: 98, net: 98 };
    const cut = { ...statement, runCount: 3, runs: run === undefined ? [] : [{ ...run, made }] };
    expect(cellsOf(await pageOf(cut, deals), 'runs')).toEqual([
      ['Earlier runs (2)', '0', '200', '196', '0', '196'],
      ['2026-03-31 23:59:59', '1', '100', '98', '0', '98'],
      ['Sum', '1', '300', '294', '0', '294'],
    ]);
  });
});
