import type { TermSums } from './term-sums.ts';

/** What is compared between Deal and Billing for one merchant and month: uses and their cancels. */
export interface Figures {
  readonly useCount: number;
  readonly usedPoints: number;
  readonly cancelCount: number;
  readonly cancelledPoints: number;
}

/** A merchant without a deal. */
export const NO_DEALS: Figures = Object.freeze({
  useCount: 0,
  usedPoints: 0,
  cancelCount: 0,
  cancelledPoints: 0,
});

/** The figures that lines come to, whatever their terms. */
export function figuresOf(sums: readonly TermSums[]): Figures {
  const figures = { ...NO_DEALS };
  for (const { type, dealCount, points } of sums) {
    if (type === 'use') {
      figures.useCount += dealCount;
      figures.usedPoints += points;
    } else if (type === 'useCancel') {
      figures.cancelCount += dealCount;
      figures.cancelledPoints += points;
    }
  }
  return figures;
}

/** Whether both sides know of the same deals, as far as counts and sums can tell. */
export function sameFigures(one: Figures, other: Figures): boolean {
  return (
    one.useCount === other.useCount &&
    one.usedPoints === other.usedPoints &&
    one.cancelCount === other.cancelCount &&
    one.cancelledPoints === other.cancelledPoints
  );
}
