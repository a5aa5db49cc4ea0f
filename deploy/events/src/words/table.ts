/** One cell; numbers stand to the right. */
export type Cell = string | number | null;

const NOTHING = '-';
const GAP = '  ';

/** Lines of a table: as wide as its widest cells, and no wider. */
export function tableOf(heads: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const texts = rows.map((row) => heads.map((_, column) => textOf(row[column] ?? null)));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  const isRight = heads.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof (row[column] ?? 0) === 'number'),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return isRight[column] ? text.padStart(width) : text.padEnd(width);
      })
      .join(GAP)
      .trimEnd();
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...texts.map(line)];
}

function textOf(cell: Cell): string {
  if (cell === null) return NOTHING;
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;
}

/** A span of time as people say it: `340 ms`, `12 s`, `3 min`, `5 h`, `2 d`. */
export function spanOf(spanMs: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const;
  const unit = units.find(([sizeMs]) => spanMs >= sizeMs);
  return unit === undefined ? `${spanMs} ms` : `${Math.floor(spanMs / unit[0])} ${unit[1]}`;
}
