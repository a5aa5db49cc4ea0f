import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from './install.mjs';
import { signalIfAlive } from './servers/child-server.mjs';

const withinMs = 60_000;
/** Tells its version and pid, counts the signals that it gets, and ends half a second after the first. */
const program = `
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
    signals += 1;
    if (signals === 1) setTimeout(() => { console.log('got ' + signals + ' ' + signal); process.exit(0); }, 500);
  });
  setInterval(() => undefined, 1000);
  console.log(JSON.stringify({ version: process.versions.node, pid: process.pid, words: process.argv.slice(2) }));
`;

interface Told {
  readonly version: string;
  readonly pid: number;
  readonly words: readonly string[];
}

describe('the front door', () => {
  let folder: string;
  let door: ChildProcess | null = null;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onepoint-door-'));
  });
  afterEach(() => {
    door?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the front door to a program of this text, in a process group of its own, as a terminal does. */
  function open(text: string, ...words: string[]) {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, text);
    const child = spawn(process.execPath, ['tools/bootstrap.mjs', relative(root, file), ...words], {
      cwd: root,
      detached: true,
    });
    door = child;
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const exited = once(child, 'exit');
    const told = async (): Promise<Told> => {
      while (!output.includes('\n')) await once(child.stdout, 'data');
      return JSON.parse(output.slice(0, output.indexOf('\n'))) as Told;
    };
    return { child, told, exited, output: () => output };
  }

  it(
    'hands over to the pinned Node with all arguments',
    async () => {
      const { told } = open(program, '--fresh', 'a b');
      const { version, words } = await told();
      expect(version).toMatch(/^24\./);
      expect(words).toEqual(['--fresh', 'a b']);
    },
    withinMs,
  );

  it(
    'gives the exit code of the program',
    async () => {
      const { exited } = open('process.exit(7)');
      expect(await exited).toEqual([7, null]);
    },
    withinMs,
  );

  it(
    'passes a Ctrl-C on once, though terminal and npm both send it, and ends with 0',
    async () => {
      const { child, told, exited, output } = open(program);
      await told();
      process.kill(-(child.pid ?? 0), 'SIGINT');
      child.kill('SIGINT');
      expect(await exited).toEqual([0, null]);
      expect(output()).toContain('got 1 SIGINT');
    },
    withinMs,
  );

  it(
    'passes a SIGTERM on',
    async () => {
      const { child, told, exited, output } = open(program);
      await told();
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
      expect(output()).toContain('got 1 SIGTERM');
    },
    withinMs,
  );

  it(
    'ends the program when it is killed itself',
    async () => {
      const file = join(folder, 'ended');
      const { child, told } = open(
        `${program} process.on('exit', () => process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(file)}, 'ended'));`,
      );
      const { pid } = await told();
      child.kill('SIGKILL');
      while (signalIfAlive(pid, 0)) await delay(50);
      expect(readFileSync(file, 'utf8')).toBe('ended');
    },
    withinMs,
  );

  it(
    'says in one line that there is no such program',
    async () => {
      const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'no/such.js'], { cwd: root });
      let output = '';
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(output).toBe('no/such.js does not exist: is it compiled?\n');
    },
    withinMs,
  );
});
