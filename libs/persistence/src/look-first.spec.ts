import { describe, expect, it } from '@jest/globals';
import { StatementFailed } from './errors/statement-failed.ts';
import { LookFirst } from './look-first.ts';

const duplicate = new StatementFailed('Duplicate entry', 'ER_DUP_ENTRY', 1062, 'INSERT');

describe('work that writes what nearly always is new', () => {
  it('is told not to look, as long as it is', async () => {
    const told: boolean[] = [];
    const first = new LookFirst();
    for (let round = 0; round < 2; round += 1) {
      await first.attempt((looks) => Promise.resolve(void told.push(looks)));
    }
    expect(told).toEqual([false, false]);
  });

  it('is done again with a look after a duplicate, and so is what follows it', async () => {
    const told: boolean[] = [];
    const first = new LookFirst();
    const work = (looks: boolean): Promise<string> => {
      told.push(looks);
      return looks ? Promise.resolve('done') : Promise.reject(duplicate);
    };
    expect(await first.attempt(work)).toBe('done');
    expect(await first.attempt(work)).toBe('done');
    expect(told).toEqual([false, true, true]);
  });

  it('is done once more where somebody else was faster than its look, and then fails', async () => {
    const told: boolean[] = [];
    const first = new LookFirst();
    const work = (looks: boolean): Promise<void> => {
      told.push(looks);
      return Promise.reject(duplicate);
    };
    await expect(first.attempt(work)).rejects.toBe(duplicate);
    await expect(first.attempt(work)).rejects.toBe(duplicate);
    expect(told).toEqual([false, true, true, true, true, true]);
  });

  it('is done as often as it is told to, while others are faster', async () => {
    let rounds = 0;
    const failing = new LookFirst(5).attempt(() => {
      rounds += 1;
      return Promise.reject(duplicate);
    });
    await expect(failing).rejects.toBe(duplicate);
    expect(rounds).toBe(5);
  });

  it('fails at once with everything else', async () => {
    let rounds = 0;
    const away = new Error('away');
    const failing = new LookFirst().attempt(() => {
      rounds += 1;
      return Promise.reject(away);
    });
    await expect(failing).rejects.toBe(away);
    expect(rounds).toBe(1);
  });
});
