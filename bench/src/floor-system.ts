import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePorts } from '../../tools/servers/free-port.mjs';
import { makeFloorDatabases } from './floor/floor-schema.ts';
import type { PrivateServers } from './private-servers.ts';
import { startProgram } from './programs.ts';
import type { Program } from './programs.ts';

/** The hand-written service, running. */
export interface FloorSystem {
  readonly dealUrl: string;
  readonly programs: readonly Program[];
  stop(): Promise<void>;
}

const PREFIX = 'floor_';

/** Starts the floor on the same server, with as many accounts as OnePoint has. */
export async function startFloor(
  { mysqlUrl, folder }: PrivateServers,
  members: number,
  balance: number,
): Promise<FloorSystem> {
  const connection = await createConnection(mysqlUrl);
  await makeFloorDatabases(connection, PREFIX, members, balance);
  await connection.end();
  const [pointPort, dealPort] = await freePorts(2);
  const pointUrl = `http://127.0.0.1:${pointPort}`;
  const dealUrl = `http://127.0.0.1:${dealPort}`;
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production' };
  const start = (name: 'point' | 'deal', port: number | undefined, url: string) =>
    startProgram({
      name: `floor ${name}`,
      file: join(import.meta.dirname, `floor/${name}-floor.js`),
      env: {
        ...env,
        FLOOR_MYSQL: `${mysqlUrl}/${PREFIX}${name}`,
        FLOOR_PORT: String(port),
        FLOOR_POINT_URL: pointUrl,
      },
      readyUrl: url,
      logFile: join(folder, `floor-${name}.log`),
    });
  const point = await start('point', pointPort, pointUrl);
  const deal = await start('deal', dealPort, dealUrl);
  return {
    dealUrl,
    programs: [point, deal],
    stop: async () => {
      await deal.stop();
      await point.stop();
    },
  };
}
