import { setTimeout as wait } from 'node:timers/promises';
import type { Disturbance } from '../proxy/disturbance.ts';
import type { Dice } from '../run/dice.ts';
import type { ServiceName } from '../system/programs.ts';
import type { LineName, System } from '../system/system.ts';
import { publishAgain, publishEarly } from './publish-again.ts';

/** What can be broken, and how; each mends what it broke. */
export interface Fault {
  /** What it touches: two faults never touch the same thing at once. */
  readonly target: string;
  readonly lastsMs: { readonly least: number; readonly most: number };
  readonly strike: (system: System, lastsMs: number, dice: Dice) => Promise<void>;
}

const killService = (name: ServiceName): Fault => ({
  target: name,
  lastsMs: { least: 50, most: 2_500 },
  strike: async (system, lastsMs, dice) => {
    const victim = dice.pick(system.of(name));
    await victim.kill();
    await wait(lastsMs);
    await victim.start();
  },
});

const freeze = (name: ServiceName): Fault => ({
  target: name,
  lastsMs: { least: 800, most: 5_000 },
  strike: async (system, lastsMs, dice) => {
    const victim = dice.pick(system.of(name));
    victim.freeze();
    await wait(lastsMs);
    victim.thaw();
  },
});

const disturb = (line: LineName, most: number, how: Disturbance): Fault => ({
  target: `line to ${line}`,
  lastsMs: { least: 500, most },
  strike: async (system, lastsMs) => {
    system.lines[line].disturb(how);
    await wait(lastsMs);
    system.lines[line].lift();
  },
});

const killServer = (name: 'mariaDb' | 'rabbitMq'): Fault => ({
  target: name,
  lastsMs: { least: 100, most: 2_000 },
  strike: async (system, lastsMs) => {
    const server = system.options.servers[name];
    await server.kill();
    await wait(lastsMs);
    await server.start();
  },
});

/** Every fault by its name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'kill-point': killService('point'),
  'kill-deal': killService('deal'),
  'kill-member': killService('member'),
  'kill-billing': killService('billing'),
  'kill-dashboard': killService('dashboard'),
  'freeze-point': freeze('point'),
  'freeze-deal': freeze('deal'),
  'kill-mariadb': killServer('mariaDb'),
  'kill-rabbitmq': killServer('rabbitMq'),
  'slow-point': disturb('point', 5_000, { kind: 'delay', meanMs: 400, spreadMs: 390 }),
  'cut-point-requests': disturb('point', 4_000, { kind: 'cutRequests', share: 0.4 }),
  'cut-point-answers': disturb('point', 4_000, { kind: 'cutAnswers', share: 0.4 }),
  'drop-point-answers': disturb('point', 4_000, { kind: 'dropAnswers', share: 0.3 }),
  'black-hole-point': disturb('point', 4_000, { kind: 'blackHole' }),
  'refuse-point': disturb('point', 4_000, { kind: 'refuse' }),
  'slow-database': disturb('database', 4_000, { kind: 'delay', meanMs: 25, spreadMs: 25 }),
  'cut-database-requests': disturb('database', 3_000, { kind: 'cutRequests', share: 0.02 }),
  'cut-database-answers': disturb('database', 3_000, { kind: 'cutAnswers', share: 0.02 }),
  'black-hole-database': disturb('database', 3_000, { kind: 'blackHole' }),
  'slow-broker': disturb('broker', 4_000, { kind: 'delay', meanMs: 150, spreadMs: 150 }),
  'cut-broker-requests': disturb('broker', 3_000, { kind: 'cutRequests', share: 0.05 }),
  'cut-broker-answers': disturb('broker', 3_000, { kind: 'cutAnswers', share: 0.05 }),
  'black-hole-broker': disturb('broker', 4_000, { kind: 'blackHole' }),
  'publish-again': {
    target: 'events',
    lastsMs: { least: 100, most: 500 },
    strike: (system, _lastsMs, dice) => publishAgain(system, dice),
  },
  'publish-early': {
    target: 'line to broker',
    lastsMs: { least: 1_500, most: 3_000 },
    strike: async (system, lastsMs, dice) => {
      const { broker } = system.lines;
      broker.disturb({ kind: 'refuse' });
      await wait(lastsMs);
      // What the relays hold back arrives in random order before they come with it themselves.
      await publishEarly(system, dice);
      broker.lift();
    },
  },
};
