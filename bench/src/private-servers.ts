import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { endServersLeftBehind, ownServersFolder } from '../../tools/servers/left-behind.mjs';
import { startMariaDb } from '../../tools/servers/mariadb.mjs';
import { startRabbitMq } from '../../tools/servers/rabbitmq.mjs';
import type { Measured } from './processor-time.ts';

/** A MariaDB and a RabbitMQ of the benchmark's own, on empty data. */
export interface PrivateServers {
  readonly mysqlUrl: string;
  readonly rabbitUrl: string;
  /** Where whatever runs beside them may log. */
  readonly folder: string;
  /** `database` and `broker`. */
  readonly processes: readonly Measured[];
}

/** How much memory the database may take for pages; the log is as large as bulk loads like it. */
export interface ServerSizes {
  readonly bufferPoolMiB: number;
}

const USUAL: ServerSizes = { bufferPoolMiB: 1_024 };
const LOG_FILE_MIB = 1_024;

/** Starts both and leaves their stops, and the removal of their data, in `stops`. */
export async function startServers(
  stops: (() => Promise<void>)[],
  { bufferPoolMiB }: ServerSizes = USUAL,
): Promise<PrivateServers> {
  endServersLeftBehind('bench');
  const folder = ownServersFolder('bench');
  mkdirSync(folder, { recursive: true });
  stops.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const [mysqlPort = 0, rabbitPort = 0] = await freePorts(2);
  const database = await startMariaDb({
    port: mysqlPort,
    dir: join(folder, 'mariadb'),
    options: [
      `--innodb-buffer-pool-size=${bufferPoolMiB}M`,
      `--innodb-log-file-size=${LOG_FILE_MIB}M`,
    ],
  });
  stops.push(() => database.stop());
  const broker = await startRabbitMq({ port: rabbitPort, dir: join(folder, 'rabbitmq') });
  stops.push(() => broker.stop());
  return {
    ...{ mysqlUrl: database.url, rabbitUrl: broker.url, folder },
    processes: [
      { name: 'database', pid: database.pid },
      { name: 'broker', pid: broker.pid },
    ],
  };
}
