import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../../../../tools/servers/free-port.mjs';
import { TcpProxy } from '../proxy/tcp-proxy.ts';
import { layDatabases } from './lay-databases.ts';
import { SERVICES, programOf } from './programs.ts';
import type { ServiceName } from './programs.ts';
import { ServiceProcess } from './service-process.ts';
import type { SystemOptions } from './system-options.ts';

/** The lines between processes that can be disturbed. */
export type LineName = 'point' | 'database' | 'broker';

/** The whole of OnePoint in processes of its own, with a proxy on every line that may be disturbed. */
export class System {
  readonly deaths: string[] = [];

  private constructor(
    readonly options: SystemOptions,
    readonly processes: ReadonlyMap<ServiceName, readonly ServiceProcess[]>,
    readonly lines: Readonly<Record<LineName | 'deal', TcpProxy>>,
  ) {}

  /** Makes the databases and starts everything. */
  static async start(options: SystemOptions): Promise<System> {
    mkdirSync(options.folder, { recursive: true });
    const counts = new Map(SERVICES.map((name) => [name, copiesOf(name, options.replicas)]));
    const ports = await freePorts([...counts.values()].reduce((sum, count) => sum + count, 0));
    const places = new Map([...counts].map(([name, count]) => [name, ports.splice(0, count)]));
    const lines = linesOf(options, places);
    const env = await environment(options, lines);
    const deaths: string[] = [];
    const processes = new Map(
      [...places].map(([name, own]) => [
        name,
        own.map((port, place) => {
          const instance = place === 0 ? name : `${name}-${place + 1}`;
          return new ServiceProcess({
            name: instance,
            program: programOf(options.programs, name, 'main'),
            port,
            env: { ...env, [`${name.toUpperCase()}_PORT`]: String(port) },
            logFile: join(options.folder, `${instance}.log`),
            onDeath: (who, how) => deaths.push(`${who} ended by itself (${how})`),
          });
        }),
      ]),
    );
    const system = new System(options, processes, lines);
    Object.assign(system, { deaths });
    try {
      await layDatabases(options, env);
      await Promise.all(system.all().map((service) => service.start()));
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  all(): ServiceProcess[] {
    return [...this.processes.values()].flat();
  }

  /** The replicas of one service. */
  of(name: ServiceName): readonly ServiceProcess[] {
    return this.processes.get(name) ?? [];
  }

  /** What its databases' names begin with. */
  get databasePrefix(): string {
    return `${this.options.label}_`;
  }

  get namespace(): string {
    return this.options.label;
  }

  /** Past the proxies. */
  get databaseUrl(): string {
    return `mysql://root@127.0.0.1:${this.options.servers.mariaDb.port}`;
  }

  get brokerUrl(): string {
    return `amqp://guest:guest@127.0.0.1:${this.options.servers.rabbitMq.port}`;
  }

  liftAll(): void {
    for (const line of Object.values(this.lines)) line.lift();
    for (const service of this.all()) service.thaw();
  }

  async stop(): Promise<void> {
    this.liftAll();
    await Promise.all(this.all().map((service) => service.stop()));
    await Promise.all(Object.values(this.lines).map((line) => line.close()));
  }

  /** Deletes its databases. */
  async forget(): Promise<void> {
    const connection = await createConnection(this.databaseUrl);
    for (const name of SERVICES) {
      await connection.query(`DROP DATABASE IF EXISTS ${this.databasePrefix}${name}`);
    }
    await connection.end();
  }
}

const copiesOf = (name: ServiceName, replicas: number): number =>
  name === 'deal' || name === 'point' ? replicas : 1;

function linesOf(
  { servers, dice }: SystemOptions,
  places: ReadonlyMap<ServiceName, readonly number[]>,
): Record<LineName | 'deal', TcpProxy> {
  const draws = dice.fork('proxies');
  const line = (ports: readonly number[]): TcpProxy => new TcpProxy(ports, () => draws.next());
  return {
    point: line(places.get('point') ?? []),
    deal: line(places.get('deal') ?? []),
    database: line([servers.mariaDb.port]),
    broker: line([servers.rabbitMq.port]),
  };
}

/** As deploy/k8s runs them: what is not bounded there ends the process here too. */
const DEPLOYED_NODE_OPTIONS = '--max-old-space-size=384';

async function environment(
  options: SystemOptions,
  lines: Record<LineName | 'deal', TcpProxy>,
): Promise<NodeJS.ProcessEnv> {
  const [point, deal, database, broker] = await Promise.all(
    [lines.point, lines.deal, lines.database, lines.broker].map(async (line) => {
      const port = await line.listen();
      return options.isStraight === true ? line.targetPorts[0] : port;
    }),
  );
  return {
    PATH: process.env['PATH'],
    NODE_OPTIONS: DEPLOYED_NODE_OPTIONS,
    LOG_LEVEL: 'warn',
    ONEPOINT_DATA: options.folder,
    MYSQL_URL: `mysql://root@127.0.0.1:${database}`,
    MYSQL_DATABASE_PREFIX: `${options.label}_`,
    RABBITMQ_URL: `amqp://guest:guest@127.0.0.1:${broker}`,
    EVENTS_NAMESPACE: options.label,
    POINT_URL: `http://127.0.0.1:${point}`,
    DEAL_URL: `http://127.0.0.1:${deal}`,
    ...options.env,
  };
}
