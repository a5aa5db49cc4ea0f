import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository. */
export const ROOT = resolve(import.meta.dirname, '../../../..');

/** The five services. */
export const SERVICES = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;

export type ServiceName = (typeof SERVICES)[number];

/** Something that was to be started is not compiled. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';
}

const isPart = (path: string): boolean =>
  !/\/(src|node_modules)$|\.(map|d\.ts)$|\.tsbuildinfo$/.test(path);

/**
 * Copies what is compiled into the run's folder, apps and libs: a run of minutes must not change its
 * program half-way because somebody compiles, and a planted bug must not touch the real one. What is
 * not ours is found further up, in the repository's own `node_modules`.
 */
export function copyPrograms(runFolder: string): string {
  const home = join(runFolder, 'programs');
  for (const [from, to] of [
    ['apps', 'apps'],
    ['libs', 'node_modules/@onepoint'],
  ] as const) {
    for (const name of readdirSync(join(ROOT, from))) {
      if (!existsSync(join(ROOT, from, name, 'dist'))) {
        throw new NotCompiled(`${from}/${name} is not compiled: npm run build`);
      }
      const target = join(home, to, name);
      mkdirSync(target, { recursive: true });
      cpSync(join(ROOT, from, name), target, { recursive: true, filter: isPart });
    }
  }
  return home;
}

/** The program of a service among the copied ones; `migrate` is its migration job. */
export function programOf(home: string, service: ServiceName, job: 'main' | 'migrate'): string {
  return join(home, 'apps', service, 'dist', `${job}.js`);
}
