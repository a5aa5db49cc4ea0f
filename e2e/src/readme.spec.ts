import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import { markedDocuments, promisesOf, scenarioBlocks } from './readme/marked-block.ts';
import type { Json } from './running/doors.ts';
import { OnePoint } from './running/one-point.ts';
import { machineEnv } from './running/program.ts';

jest.setTimeout(120_000);

const DEFAULT_PORTS = { point: 8081, member: 8082, dashboard: 8083, billing: 8084, deal: 8085 };

/** What a pasted block printed: a line of JSON for each call. */
interface Pasted {
  readonly answers: Json[];
  readonly complaints: string;
}

async function paste(block: string): Promise<Pasted> {
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', block], {
    env: machineEnv(),
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { answers: lines.map((line) => JSON.parse(line) as Json), complaints: stderr };
}

describe.each(markedDocuments())('the scenario of %s, pasted beside npm start', (file) => {
  let onePoint: OnePoint;
  let pasted: Pasted;
  beforeAll(async () => {
    onePoint = await OnePoint.start('standalone');
    pasted = await paste(atPortsOf(onePoint, scenarioBlocks(file).join('\n')));
  });
  afterAll(() => onePoint?.remove());

  it('gets a good answer to every call, and complains of nothing', () => {
    expect(pasted.complaints).toBe('');
    expect(pasted.answers.length).toBeGreaterThan(8);
    expect(pasted.answers.filter(({ code }) => code !== undefined)).toEqual([]);
  });

  it('ends with the merchant owed 98 for 100 points, and the member gone', () => {
    expect(pasted.answers).toContainEqual(
      expect.objectContaining({ netPoints: 100, billingAmount: 98 }),
    );
    expect(pasted.answers).toContainEqual(expect.objectContaining({ memberStatus: 'withdrawn' }));
  });

  it('shows what its comments promise', () => {
    const names = new Set(pasted.answers.flatMap((answer) => Object.keys(answer)));
    const shown = pasted.answers.map((answer) => Object.values(answer).map(String));
    for (const promise of scenarioBlocks(file).flatMap(promisesOf)) {
      const words = promise.match(/[A-Za-z0-9_]+/g) ?? [];
      const values = words.filter((word) => !names.has(word));
      expect(shown).toContainEqual(expect.arrayContaining(values));
    }
  });
});

describe('README.md', () => {
  it('has a scenario to paste', () => {
    expect(markedDocuments()).toContain('README.md');
  });
});

/** The same block at our ports: the default ones may be taken by a system that somebody uses. */
function atPortsOf({ place }: OnePoint, block: string): string {
  let moved = block;
  for (const service of serviceNames) {
    moved = moved.replaceAll(String(DEFAULT_PORTS[service]), new URL(place.urls[service]).port);
  }
  return moved;
}
