import type { LineType } from '../domain/settlement-line.ts';

/** What stands on a printed statement, in one language. */
export interface PrintWords {
  readonly lang: 'ko' | 'en';
  readonly title: string;
  readonly merchant: string;
  readonly month: string;
  readonly monthName: (billingMonth: string) => string;
  readonly totals: string;
  readonly usedPoints: string;
  readonly cancelledPoints: string;
  readonly netPoints: string;
  readonly commission: string;
  readonly commissionSupply: string;
  readonly commissionVat: string;
  readonly billingAmount: string;
  readonly earnCharge: string;
  readonly net: string;
  readonly opening: string;
  readonly payable: string;
  readonly closing: string;
  readonly runs: string;
  readonly settledAt: string;
  readonly deals: string;
  readonly earlierRuns: string;
  readonly sum: string;
  readonly lines: string;
  readonly deal: string;
  readonly dealDate: string;
  readonly type: string;
  readonly rate: string;
  readonly used: string;
  readonly earned: string;
  readonly types: Readonly<Record<LineType, string>>;
  readonly note: string;
}

const ko: PrintWords = {
  lang: 'ko',
  title: '포인트 정산서',
  merchant: '가맹점',
  month: '정산월',
  monthName: (month) => `${month.slice(0, 4)}년 ${Number(month.slice(4))}월`,
  totals: '정산 금액 (원)',
  usedPoints: '사용 포인트',
  cancelledPoints: '사용 취소',
  netPoints: '순사용 포인트',
  commission: '수수료',
  commissionSupply: '공급가액',
  commissionVat: '부가세 (포함, 10/110)',
  billingAmount: '정산액',
  earnCharge: '적립 부담금',
  net: '당월 합계',
  opening: '전월 이월',
  payable: '지급액',
  closing: '차월 이월',
  runs: '정산 내역',
  settledAt: '정산 시각',
  deals: '건수',
  earlierRuns: '이전 정산',
  sum: '합계',
  lines: '거래 명세',
  deal: '거래 번호',
  dealDate: '거래 일시',
  type: '구분',
  rate: '요율',
  used: '사용 (P)',
  earned: '적립 (P)',
  types: { use: '사용', useCancel: '사용 취소', save: '적립', saveCancel: '적립 취소' },
  note: '1 포인트는 1 원입니다. 시각은 정산 기준 시간대입니다. 수수료는 월 합계에서 한 번만 원 미만을 버립니다.',
};

const en: PrintWords = {
  lang: 'en',
  title: 'Points settlement statement',
  merchant: 'Merchant',
  month: 'Month',
  monthName: (month) => `${month.slice(0, 4)}-${month.slice(4)}`,
  totals: 'Amounts (KRW)',
  usedPoints: 'Points used',
  cancelledPoints: 'Uses cancelled',
  netPoints: 'Net points',
  commission: 'Commission',
  commissionSupply: 'supply value',
  commissionVat: 'VAT (included, 10/110)',
  billingAmount: 'Billing amount',
  earnCharge: 'Charge for points issued',
  net: 'Net of the month',
  opening: 'Carried from earlier months',
  payable: 'Payable',
  closing: 'Carried to the next month',
  runs: 'Settlement runs',
  settledAt: 'Settled at',
  deals: 'Deals',
  earlierRuns: 'Earlier runs',
  sum: 'Sum',
  lines: 'Deals',
  deal: 'Deal',
  dealDate: 'Date',
  type: 'Type',
  rate: 'Rate',
  used: 'Used (P)',
  earned: 'Earned (P)',
  types: { use: 'use', useCancel: 'use cancelled', save: 'save', saveCancel: 'save cancelled' },
  note: 'One point is one won. Times are in the business time zone. Commission is rounded once, over the month.',
};

/** The languages that statements are printed in. */
export const printWords: Readonly<Record<PrintWords['lang'], PrintWords>> = { ko, en };
