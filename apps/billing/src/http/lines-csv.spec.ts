import { describe, expect, it } from '@jest/globals';
import { BusinessCalendar } from '@onepoint/platform';
import { totalsOf } from '../domain/billing-totals.ts';
import type { Statement, StatementLine } from '../domain/statements.ts';
import { linesCsv } from './lines-csv.ts';

const calendar = new BusinessCalendar('Asia/Seoul');

const line = (place: number): StatementLine => ({
  place,
  runId: 7,
  dealId: place * 10,
  memberId: 1,
  merchantId: 20,
  billingMonth: '202402',
  type: 'useCancel',
  point: 5,
  commissionBps: 200,
  earnChargeBps: 0,
  dealDate: Date.parse('2024-02-29T14:59:59.999Z'),
  originalDealId: 3,
});

const statement = (lastPlace: number): Statement => ({
  id: 1,
  merchantId: 20,
  merchantName: '떡볶이, 순대',
  billingMonth: '202402',
  totals: totalsOf([]),
  sums: [],
  carryOver: { opening: 0, payable: 0, closing: 0 },
  runCount: 1,
  runs: [
    { id: 7, runNo: 1, lines: { first: 1, last: lastPlace }, settledAt: 0, made: totalsOf([]) },
  ],
});

async function read(of: Statement, lines: number): Promise<string[]> {
  const all = Array.from({ length: lines }, (_, at) => line(at + 1));
  const linesAfter = async (place: number, limit: number) => {
    const shown = all.slice(place, place + limit);
    const last = shown.at(-1)?.place ?? null;
    return { lines: shown, nextAfter: last !== null && last < lines ? last : null };
  };
  let text = '';
  for await (const part of linesCsv(of, calendar, linesAfter, false)) text += part;
  return text.trimEnd().split('\r\n');
}

describe('the lines as CSV', () => {
  it('name the business day and carry the sign of a cancel', async () => {
    expect((await read(statement(1), 1))[1]).toBe(
      '20,"떡볶이, 순대",202402,10,2024-02-29,2024-02-29T14:59:59.999Z,useCancel,-5,200,0,1,3,7',
    );
  });

  it('end where the statement ended when it was asked for, whatever is settled meanwhile', async () => {
    expect(await read(statement(3), 9)).toHaveLength(1 + 3);
    expect(await read(statement(2_500), 5_000)).toHaveLength(1 + 2_500);
  });
});
