import { constants, getPriority } from 'node:os';
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import { listenToTheWire } from './broker/events-on-the-wire.ts';
import { OnePoint } from './running/one-point.ts';
import { isFree } from './running/ports.ts';
import { until } from './running/until.ts';
import { playSeedScenario } from './scenario/play-seed-scenario.ts';
import { Attempts } from './witness/attempts.ts';
import { Dice, seedOfRun } from './witness/dice.ts';
import { readFacts } from './witness/facts.ts';
import { holdToItsWord } from './witness/hold-to-its-word.ts';
import { Load } from './witness/load.ts';

const seed = seedOfRun();
const dice = new Dice(seed);
/** A moment of load before the kill is drawn from this range. */
const MOMENT_MS = { min: 50, max: 500 };

jest.setTimeout(120_000);

let onePoint: OnePoint;
beforeAll(async () => {
  onePoint = await OnePoint.start('full');
});
afterAll(() => onePoint?.remove());

describe('npm run start:full', () => {
  it('says where each service is, in which process, and then that all is ready', () => {
    const lines = onePoint.program.stdout;
    for (const service of serviceNames) {
      const url = onePoint.place.urls[service];
      const line = new RegExp(`^${service} +${url} \\(pid \\d+\\)$`);
      expect(lines).toContainEqual(expect.stringMatching(line));
    }
    expect(lines.at(-2)).toMatch(/^open doors: /);
    expect(lines.at(-1)).toBe('OnePoint is ready');
    expect(lines).toHaveLength(serviceNames.length + 2);
    expect(onePoint.program.stderr).toEqual([]);
  });

  it('lets those whose work can wait take what the others leave of the machine', () => {
    const priorities = serviceNames.map((service) => [service, getPriority(pidOf(service))]);
    const yielding = constants.priority.PRIORITY_BELOW_NORMAL;
    const usual = getPriority();
    expect(Object.fromEntries(priorities)).toEqual({
      ...{ member: usual, deal: usual, point: usual, billing: yielding, dashboard: yielding },
    });
  });

  listenToTheWire(
    () => onePoint,
    () => playSeedScenario(() => onePoint),
  );

  describe(`a service killed outright under load (E2E_SEED=${seed})`, () => {
    let attempts: Attempts;
    beforeAll(async () => {
      const { deals } = await readFacts(onePoint.doors, []);
      const memberIds = [...new Set([...deals.values()].map(({ memberId }) => memberId))];
      attempts = new Attempts({ dealIds: new Set(deals.keys()), memberIds });
    });

    it.each([
      { services: ['point'] },
      { services: ['deal'] },
      { services: ['member', 'billing', 'dashboard'] },
    ])(
      '$services: started again, and nothing that was answered is lost or doubled',
      async ({ services }) => {
        const load = new Load(onePoint.doors, attempts, dice);
        await wait(dice.between(MOMENT_MS.min, MOMENT_MS.max));
        for (const service of services) process.kill(pidOf(service), 'SIGKILL');
        // Without them the callers go on for a while.
        await wait(dice.between(MOMENT_MS.min, MOMENT_MS.max));
        await load.stop();
        for (const service of services) {
          const { program } = onePoint;
          await program.line(new RegExp(`^${service} ended \\(SIGKILL\\); starting it again in`));
          await program.line(new RegExp(`^${service} is back$`));
        }
        expect(await holdToItsWord(onePoint.doors, attempts)).toEqual([]);
      },
    );

    it('was in the middle of deals of every kind', () => {
      for (const kind of ['join', 'save', 'use', 'cancel'] as const) {
        expect(attempts.granted(kind).length).toBeGreaterThan(0);
      }
      expect(attempts.cutOff).toBeGreaterThan(0);
    });
  });

  it('ends on SIGTERM with 0, leaving no process and no port behind', async () => {
    const children = childrenOf(onePoint.program.pid);
    expect(children).toHaveLength(serviceNames.length);
    expect(await onePoint.stop()).toEqual({ code: 0, signal: null });
    expect(children.filter(isAlive)).toEqual([]);
    for (const url of Object.values(onePoint.place.urls)) {
      expect(await isFree(Number(new URL(url).port))).toBe(true);
    }
  });

  it('takes its services with it when it is killed outright', async () => {
    await onePoint.startAgain();
    const children = childrenOf(onePoint.program.pid);
    expect(children).toHaveLength(serviceNames.length);
    await onePoint.kill();
    const left = await until(
      () => Promise.resolve(children.filter(isAlive)),
      (alive) => alive.length === 0,
    );
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(left).toEqual([]);
  });
});

/** The process of a service: the one that its own line named, until it has been killed. */
function pidOf(service: string): number {
  const line = onePoint.program.stdout.find((text) => text.startsWith(`${service} `));
  return Number(/\(pid (\d+)\)/.exec(line ?? '')?.[1]);
}

function childrenOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
