import { existsSync, globSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  emptyNames,
  forbiddenRooms,
  libMayImport,
  libs,
  rooms,
  services,
  specialRooms,
  testFolders,
} from '../../tools/fences/layout.mjs';
import { root } from './planted.ts';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly path?: string | readonly string[] };
}

const generalRooms = Object.keys(rooms);
const ownerOf: Record<string, readonly string[]> = specialRooms;
const shutRooms: Record<string, readonly string[]> = forbiddenRooms;

function foldersIn(path: string): string[] {
  if (!existsSync(`${root}/${path}`)) return [];
  const entries = readdirSync(`${root}/${path}`, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function realFiles(): string[] {
  const folders = '{apps,libs,deploy,e2e,bench,tools}/**/*.{ts,mjs}';
  const leftOut = ['node_modules', 'dist', 'breaches'];
  return globSync(folders, { cwd: root, exclude: (path) => leftOut.includes(basename(path)) });
}

function installedPackages(): string[] {
  return globSync(['node_modules/*', 'node_modules/@*/*'], { cwd: root }).map((path) => `${path}/`);
}

async function importRules(): Promise<readonly Rule[]> {
  const configuration = (await import(`${root}/.dependency-cruiser.mjs`)) as {
    default: { forbidden: Rule[] };
  };
  return configuration.default.forbidden;
}

/** `$1` stands for the app or lib of the importing file: any will do. */
const patternOf = (path: string): RegExp => new RegExp(path.replaceAll('$1', '[^/]+'));

describe('the house', () => {
  it('has the services and libs that the rules name, and no others', () => {
    expect(foldersIn('apps').sort()).toEqual([...services].sort());
    expect(foldersIn('libs').sort()).toEqual([...libs].sort());
    expect(Object.keys(libMayImport).sort()).toEqual([...libs].sort());
  });

  it.each(generalRooms)('has a room %s somewhere', (room) => {
    expect(
      services.filter((service) => existsSync(`${root}/apps/${service}/src/${room}`)),
    ).not.toEqual([]);
  });

  it.each(Object.keys(specialRooms))('has the room %s where the rules say', (room) => {
    const missing = ownerOf[room]?.filter(
      (service) => !existsSync(`${root}/apps/${service}/src/${room}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(services)('has in %s no room that the rules do not know', (service) => {
    const known = [
      ...generalRooms,
      ...Object.keys(specialRooms).filter((room) => ownerOf[room]?.includes(service)),
    ];
    const shut = shutRooms[service] ?? [];
    const found = foldersIn(`apps/${service}/src`).filter((room) => !testFolders.includes(room));
    expect(found.filter((room) => !known.includes(room) || shut.includes(room))).toEqual([]);
  });

  it('has no folder with a name that says nothing', () => {
    const folders = new Set(realFiles().flatMap((file) => file.split('/').slice(0, -1)));
    expect([...folders].filter((name) => emptyNames.includes(name))).toEqual([]);
  });

  it('has an index.ts in each lib and nowhere else', () => {
    const found = realFiles().filter((file) => basename(file) === 'index.ts');
    expect(found.sort()).toEqual(libs.map((lib) => `libs/${lib}/src/index.ts`).sort());
  });

  it('has files under every folder from which a rule forbids an import', async () => {
    const files = realFiles();
    const dead = (await importRules()).filter(
      ({ from }) =>
        from.path !== undefined && !files.some((file) => patternOf(from.path ?? '').test(file)),
    );
    expect(dead.map(({ name }) => name)).toEqual([]);
  });

  it('has files under every folder to which a rule forbids an import', async () => {
    const there = [...realFiles(), ...installedPackages()];
    const keepsItAway = 'domain-free-dashboard';
    const dead = (await importRules()).filter(({ name, to }) => {
      const paths = [to.path ?? []].flat();
      return (
        name !== keepsItAway &&
        paths.some((path) => !there.some((file) => patternOf(path).test(file)))
      );
    });
    expect(dead.map(({ name }) => name)).toEqual([]);
  });
});
