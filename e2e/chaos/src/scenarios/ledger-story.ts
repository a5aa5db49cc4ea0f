import type { EntryRow } from '../oracle/facts.ts';

/** What one account's ledger tells of clawbacks: cancels of saves whose points were spent. */
export interface LedgerStory {
  /** saveCancels that took the balance below zero, or further below. */
  readonly clawbacks: number;
  /** Saves that came while the balance was below zero. */
  readonly fills: number;
  /** The lowest balance; 0 when it never went below. */
  readonly lowest: number;
  /** Lines that break the rules of clawback, in words. */
  readonly faults: readonly string[];
}

/** Reads the lines of one account in their order; those that have no place in it are left out. */
export function storyOf(entries: readonly EntryRow[]): LedgerStory {
  const story = { clawbacks: 0, fills: 0, lowest: 0, faults: [] as string[] };
  const lines = entries
    .filter(({ sequence }) => sequence !== null)
    .toSorted((one, other) => one.sequence! - other.sequence!);
  let before = 0;
  for (const line of lines) {
    const after = before + line.delta;
    const fault = faultOf(line, before, after);
    if (fault !== null) story.faults.push(`${fault}: ${JSON.stringify({ before, ...line })}`);
    if (after < 0 && line.kind === 'saveCancel' && line.delta < 0) story.clawbacks += 1;
    if (before < 0 && line.kind === 'save' && line.delta > 0) story.fills += 1;
    story.lowest = Math.min(story.lowest, after);
    before = after;
  }
  return story;
}

function faultOf(line: EntryRow, before: number, after: number): string | null {
  if (line.balance_after !== after) return 'a line does not begin where the one before it ended';
  if (line.kind === 'use' && line.outcome === 'applied' && before < -line.delta) {
    return 'a use took more than there was';
  }
  if (after < 0 && line.delta < 0 && line.kind !== 'saveCancel') {
    return 'something else than a clawback went below zero';
  }
  return null;
}
