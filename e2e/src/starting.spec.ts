import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newPlace } from './running/one-point.ts';
import type { Place } from './running/one-point.ts';
import { freePorts, isFree } from './running/ports.ts';
import { Program } from './running/program.ts';
import { rmSync } from 'node:fs';

jest.setTimeout(60_000);

const STANDALONE = 'deploy/standalone/dist/main.js';
const FULL = 'deploy/standalone/dist/full.js';
const PROGRAMS = [{ program: STANDALONE }, { program: FULL }];

let place: Place;
let started: Program | null = null;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  await started?.end('SIGKILL');
  rmSync(place.folder, { recursive: true, force: true });
});

function start(file: string, env: Record<string, string> = {}, args: string[] = []): Program {
  // Servers that are not there: one that started after all would leave nothing behind.
  const nowhere = { MYSQL_URL: 'mysql://root@127.0.0.1:1', RABBITMQ_URL: 'amqp://127.0.0.1:1' };
  started = new Program(file, { ...place.env, ...nowhere, ...env }, args);
  return started;
}

describe('a start that cannot succeed ends with 1 and says why', () => {
  it.each(PROGRAMS)('$program, where others can reach it, without secrets (P12)', async (named) => {
    const program = start(named.program, { ONEPOINT_HOST: '0.0.0.0' });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr.map(variableOf)).toEqual(['SERVICE_TOKEN', 'OPERATOR_TOKENS']);
    expect(program.stderr[0]).toMatch(/is required on an address that others can reach/);
    expect(program.stdout).toEqual([]);
  });

  it.each(PROGRAMS)('$program in production without secrets (P12)', async (named) => {
    const program = start(named.program, { NODE_ENV: 'production' });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr.map(variableOf)).toEqual(['SERVICE_TOKEN', 'OPERATOR_TOKENS']);
    expect(program.stderr[0]).toMatch(/is required in production/);
    expect(program.stdout).toEqual([]);
  });

  it.each(PROGRAMS)(
    '$program with secrets that are none, without repeating them',
    async (named) => {
      const secret = 'hunter2hunter2';
      const program = start(named.program, { SERVICE_TOKEN: secret, OPERATOR_TOKENS: secret });
      expect(await program.ended).toEqual({ code: 1, signal: null });
      expect(program.stderr.map(variableOf)).toEqual(['SERVICE_TOKEN', 'OPERATOR_TOKENS']);
      expect(program.said).not.toContain(secret);
    },
  );

  it.each(PROGRAMS)('$program with settings that are wrong: a line for each', async (named) => {
    const wrong = { DEAL_PORT: '99999', MYSQL_URL: 'somewhere', LOG_LEVEL: 'loud' };
    const program = start(named.program, wrong);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr.map(variableOf).sort()).toEqual(['DEAL_PORT', 'LOG_LEVEL', 'MYSQL_URL']);
  });

  it.each(PROGRAMS)('$program with an option that it does not know', async (named) => {
    const program = start(named.program, {}, ['--frsh']);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr).toEqual([expect.stringContaining("'--frsh'")]);
  });

  it('the standalone on a port that is taken', async () => {
    const port = Number(place.env['BILLING_PORT']);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const program = start(STANDALONE);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    squatter.close();
    expect(program.stderr).toEqual([`the port is taken: 127.0.0.1:${port}`]);
    expect(program.stdout).not.toContain('OnePoint is ready');
    expect(await isFree(Number(place.env['POINT_PORT']))).toBe(true);
  });

  it('a service whose database cannot be reached', async () => {
    const [nobody] = await freePorts(1);
    const url = `mysql://root:hunter2@127.0.0.1:${nobody}`;
    const program = start('apps/point/dist/main.js', { MYSQL_URL: url, LOG_LEVEL: 'error' });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(program.stderr).toEqual([
      expect.stringMatching(new RegExp(`^point: the database cannot be reached: .*:${nobody}`)),
    ]);
    expect(program.stdout).toEqual([]);
    expect(program.said).not.toContain('hunter2');
  });

  it.each([
    { server: 'MySQL', variable: 'MYSQL_URL', scheme: 'mysql://root:hunter2' },
    { server: 'RabbitMQ', variable: 'RABBITMQ_URL', scheme: 'amqp://guest:hunter2' },
  ])('the full mode without $server: it waits as long as it was told', async (missing) => {
    const [nobody, somebody] = await freePorts(2);
    const other = createServer().listen(somebody, '127.0.0.1');
    await once(other, 'listening');
    const program = start(FULL, {
      MYSQL_URL: `mysql://root@127.0.0.1:${somebody}`,
      RABBITMQ_URL: `amqp://guest:guest@127.0.0.1:${somebody}`,
      [missing.variable]: `${missing.scheme}@127.0.0.1:${nobody}`,
      SERVERS_WAIT_MS: '700',
    });
    expect(await program.ended).toEqual({ code: 1, signal: null });
    other.close();
    const where = `${missing.server} at 127.0.0.1:${nobody}`;
    expect(program.stdout).toEqual([`waiting for ${where} (up to 0.7 s)`]);
    expect(program.stderr).toEqual([
      `ServerAway: ${missing.server} cannot be reached at 127.0.0.1:${nobody}`,
    ]);
  });
});

describe('a start that is called off', () => {
  it('while the full mode waits for its servers, ends with 0', async () => {
    const [nobody] = await freePorts(1);
    const program = start(FULL, { MYSQL_URL: `mysql://root@127.0.0.1:${nobody}` });
    await program.line(/^waiting for MySQL/);
    expect(await program.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});

describe('a stop', () => {
  it('comes to its end though nobody reads what is said any more', async () => {
    const program = start(STANDALONE, { LOG_LEVEL: 'info' });
    await program.line(/^OnePoint is ready$/);
    program.hangUp();
    for (let line = 0; line < 20; line += 1) await fetch(`${place.urls.deal}/merchants`);
    expect(await program.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});

const variableOf = (line: string): string => line.slice(0, line.indexOf(':'));
