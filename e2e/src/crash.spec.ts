import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OnePoint } from './running/one-point.ts';
import { Attempts } from './witness/attempts.ts';
import { Dice, seedOfRun } from './witness/dice.ts';
import { holdToItsWord } from './witness/hold-to-its-word.ts';
import { Load } from './witness/load.ts';

const seed = seedOfRun();
const dice = new Dice(seed);
const attempts = new Attempts();
const rounds = [1, 2, 3, 4, 5];
/** A moment is drawn from this range: before the first answer, or far into the load. */
const MOMENT_MS = { min: 20, max: 900 };

jest.setTimeout(120_000);

let onePoint: OnePoint;
beforeAll(async () => {
  onePoint = await OnePoint.start('standalone');
});
afterAll(() => onePoint?.remove());

describe(`kill -9 of npm start while callers are at it (E2E_SEED=${seed})`, () => {
  it.each(rounds)('round %d: nothing that was answered is lost, nothing is doubled', async () => {
    const load = new Load(onePoint.doors, attempts, dice);
    await wait(dice.between(MOMENT_MS.min, MOMENT_MS.max));
    await onePoint.kill();
    await load.stop();
    await onePoint.startAgain();
    expect(await holdToItsWord(onePoint.doors, attempts)).toEqual([]);
  });

  it('has been tried on enough: deals of every kind, and calls that were cut off', () => {
    for (const kind of ['join', 'save', 'use', 'cancel'] as const) {
      expect(attempts.granted(kind).length).toBeGreaterThan(0);
    }
    expect(attempts.cutOff).toBeGreaterThan(0);
  });

  it('set no event aside on the way', () => {
    const setAside = join(onePoint.place.folder, 'standalone', 'dead-letters.ndjson');
    expect(existsSync(setAside)).toBe(false);
  });

  it('is true after a clean stop as well', async () => {
    expect(await onePoint.stop()).toEqual({ code: 0, signal: null });
    await onePoint.startAgain();
    expect(await holdToItsWord(onePoint.doors, attempts)).toEqual([]);
  });
});
