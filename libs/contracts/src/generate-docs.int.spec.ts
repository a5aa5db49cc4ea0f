import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { check as formatterAgrees } from 'prettier';
import { generatedFiles } from './documents/generated-files.ts';

const script = fileURLToPath(new URL('./generate-docs.ts', import.meta.url));
const committed = fileURLToPath(new URL('../../../docs/', import.meta.url));

/** Runs the generator as npm would, on the sources themselves: Node strips the types. */
function generate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status, stdout, stderr };
}

describe('generating the documents', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onepoint-docs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('the committed ones are fresh', () => {
    expect(generate('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('writes them all, and then has nothing to write', () => {
    const count = generatedFiles().size;
    expect(generate(folder).stdout).toBe(`documents: ${count} written, 0 removed\n`);
    expect(generate(folder).stdout).toBe('documents: 0 written, 0 removed\n');
    expect(generate('--check', folder).status).toBe(0);
  });

  it('--check fails and names what is missing, altered or left over, and touches nothing', () => {
    generate(folder);
    rmSync(join(folder, 'asyncapi.json'));
    writeFileSync(join(folder, 'events/deal.used.v1.schema.json'), '{}\n');
    writeFileSync(join(folder, 'events/deal.lost.v1.schema.json'), '{}\n');
    const checked = generate('--check', folder);
    expect(checked.status).toBe(1);
    expect(checked.stderr).toBe(
      'stale documents: events/deal.used.v1.schema.json, asyncapi.json, ' +
        'events/deal.lost.v1.schema.json\n',
    );
    expect(readFileSync(join(folder, 'events/deal.used.v1.schema.json'), 'utf8')).toBe('{}\n');
    expect(generate(folder).stdout).toBe('documents: 2 written, 1 removed\n');
  });

  it.each([...generatedFiles().keys()])('%s needs no formatting', async (path) => {
    const text = readFileSync(join(committed, path), 'utf8');
    const parser = path.endsWith('.md') ? 'markdown' : 'json';
    expect(await formatterAgrees(text, { parser, printWidth: 100 })).toBe(true);
  });
});
