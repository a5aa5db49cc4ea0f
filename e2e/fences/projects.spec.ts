import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { libMayImport, libs, services } from '../../tools/fences/layout.mjs';
import { root } from './planted.ts';

const execute = promisify(execFile);
const graphWithinMs = 60_000;
const libsBelow: Record<string, readonly string[]> = libMayImport;

/** What Nx takes each project to use, by their names. */
async function readGraph(): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'onepoint-graph-'));
  const file = join(folder, 'graph.json');
  try {
    const nx = `${root}/node_modules/.bin/nx`;
    await execute(nx, ['graph', '--file', file], { cwd: root });
    const { graph } = JSON.parse(await readFile(file, 'utf8')) as {
      graph: { dependencies: Record<string, { target: string }[]> };
    };
    return new Map(
      Object.entries(graph.dependencies).map(([name, uses]) => [
        name,
        uses.map(({ target }) => target).filter((target) => !target.startsWith('npm:')),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

// A graph without its lines would rebuild and retest too little, and say nothing.
describe('the graph of projects', () => {
  let uses: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    uses = await readGraph();
  }, graphWithinMs);

  it.each(services)('knows that %s uses the libs', (service) => {
    const wanted = libs.map((lib) => `@onepoint/${lib}`);
    expect(uses.get(`@onepoint/${service}`)).toEqual(expect.arrayContaining(wanted));
  });

  it.each(libs)('knows that %s uses none but the libs below it', (lib) => {
    const allowed = libsBelow[lib]?.map((name) => `@onepoint/${name}`) ?? [];
    const used = uses.get(`@onepoint/${lib}`) ?? ['is not in the graph'];
    expect(used.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('knows that the standalone joins all services', () => {
    const wanted = services.map((service) => `@onepoint/${service}`);
    expect(uses.get('standalone')).toEqual(expect.arrayContaining(wanted));
  });

  it('takes no planted breach for a use', () => {
    expect(uses.get('fences')).toEqual(['tools']);
  });
});
