import { describe, expect, it } from '@jest/globals';
import { Rounds } from './rounds.ts';

function silent(): {
  warnings: unknown[];
  logger: ConstructorParameters<typeof Rounds>[0]['logger'];
} {
  const warnings: unknown[] = [];
  const nothing = (): void => undefined;
  return {
    warnings,
    logger: { log: nothing, error: nothing, warn: (said: unknown) => void warnings.push(said) },
  };
}

describe('rounds', () => {
  it('go on after a round that failed, and say so', async () => {
    const { logger, warnings } = silent();
    let count = 0;
    await new Promise<void>((resolve) => {
      const rounds = new Rounds({
        name: 'test',
        everyMs: 1,
        logger,
        round: async () => {
          count += 1;
          if (count === 1) throw new Error('the first goes wrong');
          resolve(rounds.stop());
        },
      });
      rounds.start();
    }).catch(() => undefined);
    expect(count).toBe(2);
    expect(warnings).toHaveLength(1);
  });

  it('never overlap, and stop waits for the one that runs', async () => {
    const { logger } = silent();
    let running = 0;
    let most = 0;
    let finish: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (begun = resolve));
    const rounds = new Rounds({
      name: 'test',
      everyMs: 1,
      logger,
      round: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => {
          finish = resolve;
          begun();
        });
        running -= 1;
      },
    });
    rounds.start();
    rounds.start();
    await first;
    const stopping = rounds.stop();
    expect(running).toBe(1);
    finish();
    await stopping;
    expect(running).toBe(0);
    expect(most).toBe(1);
  });
});
