import { describe, expect, it } from '@jest/globals';
import { withCleanUp } from './clean-up.ts';

describe('what a run has started', () => {
  it('is stopped in reverse, and the result is kept', async () => {
    const stopped: string[] = [];
    const result = await withCleanUp(async (stops) => {
      for (const name of ['database', 'service']) {
        stops.push(async () => void stopped.push(name));
      }
      return 7;
    });
    expect([result, stopped]).toEqual([7, ['service', 'database']]);
  });

  it('is stopped when the run fails, all of it even if one does not stop', async () => {
    const stopped: string[] = [];
    const run = withCleanUp(async (stops) => {
      stops.push(async () => void stopped.push('database'));
      stops.push(() => Promise.reject(new Error('stuck')));
      await Promise.resolve();
      throw new Error('the run failed');
    });
    await expect(run).rejects.toThrow('stuck');
    expect(stopped).toEqual(['database']);
  });

  it('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await withCleanUp(() => Promise.resolve());
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
