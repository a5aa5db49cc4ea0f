import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '@onepoint/contracts';
import { Doors } from './doors.ts';
import { dropLeftovers } from './leftovers.ts';
import { freePorts } from './ports.ts';
import { Program } from './program.ts';
import type { Ending } from './program.ts';

/** How OnePoint runs: all in one process on embedded storage, or five processes on real servers. */
export type Mode = 'standalone' | 'full';

const PROGRAMS: Readonly<Record<Mode, string>> = {
  standalone: 'deploy/standalone/dist/main.js',
  full: 'deploy/standalone/dist/full.js',
};
const SERVICES = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;

/** Where one OnePoint lives: its ports, its folder, its databases and queues. Shared with nobody. */
export interface Place {
  readonly env: Readonly<Record<string, string>>;
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly folder: string;
  readonly prefix: string;
  readonly namespace: string;
}

/** A place that no other OnePoint uses. */
export async function newPlace(): Promise<Place> {
  const ports = await freePorts(SERVICES.length);
  const urls: Record<string, string> = {};
  const portEnv: Record<string, string> = {};
  for (const [index, service] of SERVICES.entries()) {
    urls[service] = `http://127.0.0.1:${ports[index]}`;
    portEnv[`${service.toUpperCase()}_PORT`] = String(ports[index]);
  }
  const name = `e2e_${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), `onepoint-${name}-`));
  const env = {
    ...portEnv,
    POINT_URL: urls['point']!,
    DEAL_URL: urls['deal']!,
    ONEPOINT_DATA: folder,
    MYSQL_DATABASE_PREFIX: `${name}_`,
    EVENTS_NAMESPACE: name,
  };
  return {
    env,
    urls: urls as Record<ServiceName, string>,
    folder,
    prefix: `${name}_`,
    namespace: name,
  };
}

/** A running OnePoint of our own, seen from outside. */
export class OnePoint {
  readonly doors: Doors;

  private constructor(
    readonly mode: Mode,
    readonly place: Place,
    private readonly env: Readonly<Record<string, string>>,
    /** The process: the supervisor in full mode. Another one after each start. */
    public program: Program,
  ) {
    this.doors = new Doors(place.urls);
  }

  /** Starts with empty storage. @throws NotSaid when it does not come up, with all that it said */
  static async start(mode: Mode, env: Readonly<Record<string, string>> = {}): Promise<OnePoint> {
    const place = await newPlace();
    const whole = { ...place.env, ...env };
    const onePoint = new OnePoint(mode, place, whole, new Program(PROGRAMS[mode], whole));
    try {
      await onePoint.ready();
    } catch (error) {
      await onePoint.remove();
      throw error;
    }
    return onePoint;
  }

  /** Starts again where it was, on what was kept; it must have ended before. */
  async startAgain(): Promise<void> {
    this.program = new Program(PROGRAMS[this.mode], this.env);
    await this.ready();
  }

  /** kill -9: no goodbye. */
  async kill(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  /** As an orchestrator stops it. */
  stop(): Promise<Ending> {
    return this.program.end('SIGTERM');
  }

  /** Stops it if it runs, and takes away everything it kept. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.place.folder, { recursive: true, force: true });
    if (this.mode === 'full') await dropLeftovers(this.place.prefix, this.place.namespace);
  }

  private async ready(): Promise<void> {
    await this.program.line(/^OnePoint is ready$/);
  }
}
