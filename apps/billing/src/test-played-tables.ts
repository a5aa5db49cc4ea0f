import { readFileSync } from 'node:fs';

/** A row of a table, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** An example of the document: deals, and what is then answered. */
export interface PlayedExample {
  /** The heading above it. */
  readonly title: string;
  readonly deals: readonly Row[];
  readonly statements: readonly Row[];
}

const MARK = '<!-- played -->';

/** The examples of docs/settlement.md: two tables behind each mark. */
export function playedExamples(): PlayedExample[] {
  const file = new URL('../../../docs/settlement.md', import.meta.url);
  const parts = readFileSync(file, 'utf8').split(MARK);
  return parts.slice(1).map((part, at) => {
    const title = /^#+ (.*)$/m.exec((parts[at] ?? '').split('\n').toReversed().join('\n'))?.[1];
    const [deals, statements] = part.split(/\n\n+/).flatMap((block) => tableOf(block));
    if (title === undefined || deals === undefined || statements === undefined) {
      throw new Error(`an example under “${title ?? 'no heading'}” has no two tables`);
    }
    return { title, deals, statements };
  });
}

/** `-19,600` and `1.5 %`, as numbers. */
export function numberIn(cell: string | undefined): number {
  const number = Number(cell?.replaceAll(',', '').replace(/ %$/, ''));
  if (cell === undefined || cell === '' || Number.isNaN(number)) {
    throw new Error(`${String(cell)} is no number`);
  }
  return number;
}

/** One table or none. */
function tableOf(block: string): Row[][] {
  const lines = block.trim().split('\n');
  if (!lines.every((line) => line.startsWith('|')) || lines.length < 3) return [];
  const [names = [], , ...rows] = lines.map(cellsOf);
  return [
    rows.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))),
  ];
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
