import type { MonthCloseView } from '@onepoint/contracts';
import { doneOf, percentOf, progressBar, progressWords } from './progress-text.ts';

/** Where text goes: a terminal, a file, a pipe. */
export interface Paper {
  write(text: string): unknown;
  readonly columns?: number | undefined;
}

/** Shows how far a close is. */
export interface Screen {
  show(progress: MonthCloseView): void;
  /** Leaves the line that is being drawn, so that others can write. */
  end(): void;
}

/** A percentage step that is worth a line where lines stay. */
const STEP_PERCENT = 10;
const CLEAR_LINE = '\r\u001b[2K';

/** A bar that moves, on a terminal. */
export class BarScreen implements Screen {
  private first: { readonly atMs: number; readonly done: number } | null = null;
  private isDrawn = false;

  constructor(
    private readonly paper: Paper,
    private readonly nowMs: () => number,
  ) {}

  show(progress: MonthCloseView): void {
    const atMs = this.nowMs();
    const done = doneOf(progress);
    this.first ??= { atMs, done };
    const tookS = (atMs - this.first.atMs) / 1_000;
    const perSecond = tookS > 0 ? (done - this.first.done) / tookS : null;
    this.paper.write(CLEAR_LINE + progressBar(progress, perSecond, this.paper.columns ?? 80));
    this.isDrawn = true;
  }

  end(): void {
    if (this.isDrawn) this.paper.write('\n');
    this.isDrawn = false;
  }
}

/** A line now and then, for logs: at the beginning, at each tenth, and when it is done. */
export class LineScreen implements Screen {
  private step = -1;

  constructor(private readonly paper: Paper) {}

  show(progress: MonthCloseView): void {
    const percent = percentOf(progress);
    const step = Math.floor(percent / STEP_PERCENT);
    if (step <= this.step) return;
    this.step = step;
    this.paper.write(`${progress.billingMonth} ${percent} %: ${progressWords(progress)}\n`);
  }

  end(): void {
    // Every line is whole already.
  }
}

/** Nothing at all: only the result is wanted. */
export const noScreen: Screen = { show: () => undefined, end: () => undefined };
