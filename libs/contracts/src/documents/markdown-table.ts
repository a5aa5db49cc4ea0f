/** A table as the repository's formatter would write it: columns as wide as their widest cell. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = heads.map((head, column) =>
    Math.max(3, head.length, ...rows.map((row) => cellOf(row, column).length)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const written = (row: readonly string[]): string =>
    line(widths.map((width, column) => cellOf(row, column).padEnd(width)));
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return `${[written(heads), rule, ...rows.map(written)].join('\n')}\n`;
}

function cellOf(row: readonly string[], column: number): string {
  return (row[column] ?? '').replaceAll('|', String.raw`\|`);
}
