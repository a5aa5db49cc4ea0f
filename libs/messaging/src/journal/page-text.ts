import { journalPageView } from './journal-views.ts';
import type { JournalPage } from './read-journal.ts';

/** A page of a journal as it came from its door: each event is the JSON text that it was written as. */
export interface PageTexts {
  readonly items: readonly { readonly position: number; readonly events: readonly string[] }[];
  readonly nextCursor: string | null;
}

/** Writes a page as JSON. Its events are JSON already: parsing them to write them again would be most of the work. */
export function writePage({ entries, more }: JournalPage): string {
  const next = more ? (entries.at(-1)?.position ?? null) : null;
  const items = entries.map(
    ({ position, events }) => `{"position":${position},"events":${events}}`,
  );
  return `{"items":[${items.join(',')}],"nextCursor":${next === null ? 'null' : `"${next}"`}}`;
}

/**
 * Reads a page without parsing its events where they stand on lines of their own, as every outbox has them: JSON has no
 * raw line breaks, and no value begins with the bracket that ends an array. Others are parsed, and written again.
 *
 * Throws a SyntaxError or ZodError when the text is not a page.
 */
export function readPage(text: string): PageTexts {
  const { frame, runs } = cutAtLines(text);
  const { items, nextCursor } = journalPageView.parse(JSON.parse(frame));
  const textsOf = (event: unknown): readonly string[] => {
    if (typeof event !== 'number') return [JSON.stringify(event)];
    const run = runs[event];
    if (run === undefined) throw new SyntaxError(`${event} stands where an event should`);
    return run;
  };
  return {
    items: items.map(({ position, events }) => ({ position, events: events.flatMap(textsOf) })),
    nextCursor,
  };
}

/** The page with a number in the place of each run of events, and the runs by their numbers. */
function cutAtLines(text: string): { frame: string; runs: readonly string[][] } {
  const [first = '', ...lines] = text.split('\n');
  const runs: string[][] = [];
  const frame = [first];
  let run: string[] = [];
  for (const line of lines) {
    if (!line.startsWith(']')) {
      run.push(line.endsWith(',') ? line.slice(0, -1) : line);
      continue;
    }
    frame.push(String(runs.length), line);
    runs.push(run);
    run = [];
  }
  return { frame: frame.join(''), runs };
}
