import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

/** What differs between the catalogue and a folder of documents; paths within the folder. */
export interface DocumentsDrift {
  /** Missing, or with another text. */
  readonly stale: readonly string[];
  /** Schemas of events that the catalogue does not have. */
  readonly left: readonly string[];
}

/** Compares the documents in a folder with the catalogue. Writes nothing. */
export function findDrift(folder: string): DocumentsDrift {
  const expected = generatedFiles();
  const stale = [...expected].filter(([path, text]) => readOrNull(join(folder, path)) !== text);
  const present = readdirOrEmpty(join(folder, 'events')).map((name) => `events/${name}`);
  return {
    stale: stale.map(([path]) => path),
    left: present.filter((path) => path.endsWith('.schema.json') && !expected.has(path)),
  };
}

/** Brings the documents in a folder up to date, and returns what had to be changed. */
export function writeDocuments(folder: string): DocumentsDrift {
  const drift = findDrift(folder);
  const texts = generatedFiles();
  mkdirSync(join(folder, 'events'), { recursive: true });
  for (const path of drift.stale) writeFileSync(join(folder, path), texts.get(path) ?? '');
  for (const path of drift.left) rmSync(join(folder, path));
  return drift;
}

function readOrNull(path: string): string | null {
  return unlessMissing(() => readFileSync(path, 'utf8'), null);
}

function readdirOrEmpty(path: string): string[] {
  return unlessMissing(() => readdirSync(path).sort(), []);
}

function unlessMissing<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}
