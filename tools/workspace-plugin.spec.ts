import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './install.mjs';
import { createNodesV2 } from './workspace-plugin.mjs';

async function projectAt(folder: string, workspaceRoot = root) {
  const infer = createNodesV2[1];
  const results = await infer([`${folder}/tsconfig.json`], undefined, {
    nxJsonConfiguration: {},
    workspaceRoot,
  });
  const project = results[0]?.[1].projects?.[folder];
  if (project === undefined) throw new Error(`${folder} is no project`);
  return project;
}

describe('a project', () => {
  it.each([
    ['apps/point', '@onepoint/point', ['type:app']],
    ['libs/contracts', '@onepoint/contracts', ['type:lib', 'lib:contracts']],
    ['deploy/standalone', 'standalone', ['type:deploy']],
    ['e2e', 'e2e', ['type:e2e']],
    ['e2e/fences', 'fences', ['type:fence']],
    ['tools', 'tools', ['type:tool']],
  ])('in %s is called %s and is tagged by where it lies', async (folder, name, tags) => {
    const project = await projectAt(folder);
    expect(project.name).toBe(name);
    expect(project.tags).toEqual(tags);
  });

  it('is built after what it uses, and its output is kept', async () => {
    const { targets } = await projectAt('libs/contracts');
    expect(targets?.['build']).toMatchObject({
      options: { command: 'tsc -b libs/contracts' },
      cache: true,
      dependsOn: ['^build'],
      outputs: ['{projectRoot}/dist'],
    });
  });

  it('has its pure tests kept in the cache and its tests on real servers never', async () => {
    const { targets } = await projectAt('tools');
    expect(targets?.['test']).toMatchObject({ cache: true });
    expect(targets?.['test:int']).toMatchObject({ cache: false });
  });

  it('has no test target where there is no test to run, and one as soon as there is', async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'onepoint-workspace-'));
    mkdirSync(join(workspace, 'libs/empty/src'), { recursive: true });
    const before = await projectAt('libs/empty', workspace);
    writeFileSync(join(workspace, 'libs/empty/src/something.spec.ts'), '');
    const after = await projectAt('libs/empty', workspace);
    rmSync(workspace, { recursive: true });
    expect(Object.keys(before.targets ?? {})).toEqual(['build', 'lint']);
    expect(Object.keys(after.targets ?? {})).toEqual(['build', 'lint', 'test']);
  });
});
