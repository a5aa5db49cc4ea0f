import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
/** The tree of planted breaches. */
export const breachesRoot = `${root}/e2e/fences/breaches`;

const heading = '// breaks: ';

/** A file of the tree; `breaks` lists what must refuse it, as `<checker>/<rule>`, and is empty for scenery. */
export interface Planted {
  readonly file: string;
  readonly breaks: readonly string[];
}

/** Every source file of the tree of breaches, sorted. */
export function plantedFiles(): readonly Planted[] {
  return globSync('**/*.ts', { cwd: breachesRoot })
    .sort()
    .map((file) => ({ file, breaks: breaksOf(readFileSync(`${breachesRoot}/${file}`, 'utf8')) }));
}

function breaksOf(text: string): readonly string[] {
  const first = text.slice(0, text.indexOf('\n'));
  return first.startsWith(heading) ? first.slice(heading.length).split(', ') : [];
}
