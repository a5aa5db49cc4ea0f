import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OnePoint } from './running/one-point.ts';
import { playSeedScenario } from './scenario/play-seed-scenario.ts';

jest.setTimeout(120_000);

let onePoint: OnePoint;
beforeAll(async () => {
  onePoint = await OnePoint.start('standalone');
});
afterAll(() => onePoint?.remove());

describe('npm start', () => {
  it('prints one line for each service, and then that it is ready', () => {
    const { urls } = onePoint.place;
    expect(onePoint.program.stdout).toEqual([
      ...(['point', 'member', 'dashboard', 'billing', 'deal'] as const).map(
        (service) => `${service.padEnd(9)} ${urls[service]}`,
      ),
      'open doors: calls without credentials are let in, on loopback only',
      'OnePoint is ready',
    ]);
    expect(onePoint.program.stderr).toEqual([]);
  });

  playSeedScenario(() => onePoint);

  it('had nothing to complain of', () => {
    expect(onePoint.program.stderr).toEqual([]);
    expect(onePoint.program.stdout.at(-1)).toBe('OnePoint is ready');
  });

  it('stops on SIGTERM with 0, and starts again on what it kept', async () => {
    expect(await onePoint.stop()).toEqual({ code: 0, signal: null });
    await onePoint.startAgain();
    const { body } = await onePoint.doors.get('point', '/points/2');
    expect(body).toMatchObject({ point: 500 });
    const view = await onePoint.doors.get('dashboard', '/billingAmountViews/4');
    expect(view.body).toMatchObject({ billingStatus: 'yes', memberStatus: 'withdrawn' });
  });
});
