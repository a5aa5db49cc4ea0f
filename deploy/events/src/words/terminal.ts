/** Where a command says what it found. */
export interface Terminal {
  readonly isJson: boolean;
  /** One line for people; nothing where JSON was asked for. */
  line(text: string): void;
  /** The one document; nothing where it was not asked for. */
  document(value: unknown): void;
  /** What went wrong, for either. */
  complain(text: string): void;
  /** How far something is, 0 to 1; only for people who watch. */
  progress(share: number, text: string): void;
}

const BAR_WIDTH = 30;

/** The terminal of this process. */
export function processTerminal(isJson: boolean): Terminal {
  const isWatched = !isJson && process.stderr.isTTY;
  return {
    isJson,
    line: (text) => void (isJson || process.stdout.write(`${text}\n`)),
    document: (value) =>
      void (isJson && process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    complain: (text) => void process.stderr.write(`${text}\n`),
    progress: (share, text) =>
      void (
        isWatched && process.stderr.write(`\r${barOf(share)} ${text}${share >= 1 ? '\n' : ''}`)
      ),
  };
}

/** `[##########--------------------]  33 %` */
export function barOf(share: number): string {
  const bounded = Math.min(Math.max(share, 0), 1);
  const full = Math.round(bounded * BAR_WIDTH);
  const percent = String(Math.floor(bounded * 100)).padStart(3);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${percent} %`;
}
