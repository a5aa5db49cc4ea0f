import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CannotPlant, PLANTS, checkPlants, plantBug } from './plants.ts';

const NAME = 'no-balance-check';
const FILE = 'apps/point/dist/domain/decide-change.js';
const LINE = "if (change.kind === 'use' && account.balance < change.point) {}";

describe('planting a bug', () => {
  let programs: string;
  beforeEach(() => {
    programs = mkdtempSync(join(tmpdir(), 'onepoint-plants-'));
    mkdirSync(dirname(join(programs, FILE)), { recursive: true });
  });
  afterEach(() => rmSync(programs, { recursive: true }));
  const write = (text: string): void => writeFileSync(join(programs, FILE), text);

  it('changes the line that it knows', () => {
    write(LINE);
    expect(plantBug(programs, NAME).breaks).toContain('P1');
    expect(readFileSync(join(programs, FILE), 'utf8')).toBe('if (false) {}');
  });

  it.each([
    [0, ''],
    [2, `${LINE}\n${LINE}`],
  ])('refuses when the line is there %i times, and changes nothing', (times, text) => {
    write(text);
    expect(() => plantBug(programs, NAME)).toThrow(`found ${times} times`);
    expect(readFileSync(join(programs, FILE), 'utf8')).toBe(text);
  });

  it('says of all that cannot be planted, before the first is', () => {
    const names = Object.keys(PLANTS);
    const check = (): void => checkPlants(programs, [...names, 'nettle']);
    expect(check).toThrow(CannotPlant);
    for (const name of [...names, 'nettle']) expect(check).toThrow(name);
  });
});
