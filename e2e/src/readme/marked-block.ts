import { readFileSync, readdirSync } from 'node:fs';
import { ROOT } from '../running/program.ts';

const MARK = '<!-- e2e: scenario -->';
const BLOCK = /^\s*```sh\n([\s\S]*?)^```$/m;

/** The documents at the top of the checkout that have a marked block. */
export function markedDocuments(): string[] {
  return readdirSync(ROOT)
    .filter(
      (file) => file.endsWith('.md') && readFileSync(`${ROOT}/${file}`, 'utf8').includes(MARK),
    )
    .sort();
}

/** A README has no marked block, or the mark is not right before one. */
export class NoMarkedBlock extends Error {
  override readonly name = 'NoMarkedBlock';
}

/** The shell blocks of a document that are marked as the scenario, as they would be pasted. */
export function scenarioBlocks(file: string): string[] {
  const [, ...parts] = readFileSync(`${ROOT}/${file}`, 'utf8').split(MARK);
  if (parts.length === 0) throw new NoMarkedBlock(`${file} has no ${MARK}`);
  return parts.map((part) => {
    const match = BLOCK.exec(part);
    if (match === null || match.index !== 0)
      throw new NoMarkedBlock(`${file}: no block after ${MARK}`);
    return match[1]!;
  });
}

/** What the document promises beside a command: the text after its `#`. */
export function promisesOf(block: string): string[] {
  return block.split('\n').flatMap((line) => /\S\s+#\s+(.*)$/.exec(line)?.slice(1, 2) ?? []);
}
