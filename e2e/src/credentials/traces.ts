import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Which of these words lie in a folder's files, or were said, in the open. */
export function tracesOf(words: readonly string[], folder: string, said: string): string[] {
  const found: string[] = [];
  const look = (where: string, bytes: Buffer): void => {
    for (const word of words) if (bytes.includes(word)) found.push(`${word} in ${where}`);
  };
  look('what was said', Buffer.from(said));
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) look(file.name, readFileSync(join(file.parentPath, file.name)));
  }
  return found;
}
