import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PrivateServer } from '../../../../tools/servers/child-server.mjs';
import { freePorts } from '../../../../tools/servers/free-port.mjs';
import { startMariaDb } from '../../../../tools/servers/mariadb.mjs';
import { startRabbitMq } from '../../../../tools/servers/rabbitmq.mjs';

type Start = (where: { port: number; dir: string }) => Promise<PrivateServer>;

/** A database or broker of this run alone, which can be killed and started again on its data. */
export class KillableServer {
  #server: PrivateServer | null = null;

  constructor(
    readonly port: number,
    private readonly dir: string,
    private readonly begin: Start,
  ) {}

  /** null while it is down. */
  get pid(): number | null {
    return this.#server?.pid ?? null;
  }

  async start(): Promise<void> {
    // The kernel may take a moment to give the port of a killed server free.
    for (let tries = 1; ; tries += 1) {
      try {
        this.#server = await this.begin({ port: this.port, dir: this.dir });
        return;
      } catch (error) {
        if (tries === 3) throw error;
        await wait(1_000);
      }
    }
  }

  /** SIGKILL; the data stays. */
  async kill(): Promise<void> {
    await this.#server?.kill();
    this.#server = null;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }
}

/** The two servers that every run has to itself. */
export interface PrivateServers {
  readonly mariaDb: KillableServer;
  readonly rabbitMq: KillableServer;
  stop(): Promise<void>;
}

/** Starts both, on free ports, with their data below the folder. */
export async function startPrivateServers(folder: string): Promise<PrivateServers> {
  const [databasePort = 0, brokerPort = 0] = await freePorts(2);
  const mariaDb = new KillableServer(databasePort, join(folder, 'mariadb'), startMariaDb);
  const rabbitMq = new KillableServer(brokerPort, join(folder, 'rabbitmq'), startRabbitMq);
  const stop = async (): Promise<void> => {
    await Promise.all([mariaDb.stop(), rabbitMq.stop()]);
  };
  try {
    await Promise.all([mariaDb.start(), rabbitMq.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { mariaDb, rabbitMq, stop };
}
