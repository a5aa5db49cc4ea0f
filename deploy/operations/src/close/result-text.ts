import type { MonthCloseView } from '@onepoint/contracts';

const number = new Intl.NumberFormat('en-US');
const won = (amount: number): string => number.format(amount);

/** Whether every merchant of the month is settled. */
export function isAllSettled({ state, waiting, problems, code }: MonthCloseView): boolean {
  return state === 'done' && waiting === 0 && problems === 0 && code === null;
}

/** What came of it, for people: figures first, then who is not settled and why. */
export function resultText(close: MonthCloseView): string {
  const { billingMonth, merchants, settled, unchanged, problems } = close;
  const lines = [
    `${billingMonth}: ${won(merchants)} merchants: ${won(settled)} settled, ` +
      `${won(unchanged)} unchanged, ${won(problems)} with problems`,
    `KRW: net points ${won(close.netPoints)}, billing amount ${won(close.billingAmount)}, ` +
      `net ${won(close.net)}`,
  ];
  if (close.code !== null) lines.push(`the list of merchants may not be complete: ${close.code}`);
  for (const { merchantId, code } of close.problemsOf) {
    lines.push(`  merchant ${merchantId}  ${code ?? 'no code'}`);
  }
  const more = problems - close.problemsOf.length;
  if (more > 0) lines.push(`  and ${won(more)} more`);
  lines.push(
    isAllSettled(close)
      ? 'all settled'
      : 'not all settled; what the codes mean is in docs/settlement.md; call again to try again',
  );
  return `${lines.join('\n')}\n`;
}
