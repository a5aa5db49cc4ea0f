import { describe, expect, it } from '@jest/globals';
import type { MonthCloseView } from '@onepoint/contracts';
import { sampleClose } from '../testing/sample-close.ts';
import { BillingAway, BillingRefused } from './billing-door.ts';
import { watchClose } from './watch-close.ts';
import type { CloseDoor } from './watch-close.ts';

const running = (waiting: number) => sampleClose({ state: 'running', waiting });
const patience = { lookEveryMs: 1, awayMaxMs: 60_000 };

/** Answers one after the other; an error is thrown. */
function doorOf(...answers: (MonthCloseView | Error)[]): CloseDoor {
  const next = async (): Promise<MonthCloseView> => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked too often');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { begin: next, progress: next };
}

async function watch(door: CloseDoor, limits = patience) {
  const shown: number[] = [];
  const result = await watchClose(door, '202611', ({ waiting }) => shown.push(waiting), limits);
  return { shown, result };
}

describe('looking on at a close', () => {
  it('shows every look until it is done', async () => {
    const done = sampleClose();
    const { shown, result } = await watch(doorOf(running(10), running(4), done));
    expect(shown).toEqual([10, 4, 0]);
    expect(result).toBe(done);
  });

  it('asks once when it is done at once', async () => {
    expect((await watch(doorOf(sampleClose()))).shown).toEqual([0]);
  });

  it('waits for a billing service that is started again meanwhile', async () => {
    const away = new BillingAway('gone');
    const door = doorOf(running(10), away, away, running(5), away, sampleClose());
    expect((await watch(door)).shown).toEqual([10, 5, 0]);
  });

  it('gives up when it stays away, when it was never there, and when it refuses', async () => {
    const away = new BillingAway('gone');
    const impatient = { lookEveryMs: 1, awayMaxMs: 0 };
    await expect(watch(doorOf(running(1), away), impatient)).rejects.toBe(away);
    await expect(watch(doorOf(away))).rejects.toBe(away);
    const refused = new BillingRefused('403');
    await expect(watch(doorOf(running(1), refused))).rejects.toBe(refused);
  });
});
