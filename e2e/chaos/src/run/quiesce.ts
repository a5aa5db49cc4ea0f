import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { SERVICES } from '../system/programs.ts';
import type { System } from '../system/system.ts';
import { until } from './until.ts';

/** How long the dust may take to settle after honest faults. */
export const SETTLE_WITHIN_MS = 120_000;
/** Still twice in a row: a message may be in a handler's hand, where no counter shows it. */
const STILL_TIMES = 3;
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Waits until nothing is under way any more; how long it took, in milliseconds. */
export async function quiesce(system: System, withinMs = SETTLE_WITHIN_MS): Promise<number> {
  let still = 0;
  return until(
    'the dust did not settle',
    async () => {
      const left = [...(await leftInDatabases(system)), ...(await leftInQueues(system))];
      still = left.length === 0 ? still + 1 : 0;
      return still >= STILL_TIMES ? null : left.join(', ') || 'nothing, waiting for the last hand';
    },
    { withinMs, everyMs: 300 },
  );
}

/** Messages that were set aside, by service; none is ever right here. */
export async function deadLetters(system: System): Promise<string[]> {
  const counts = await queueDepths(system, (service) => [`${service}.dead`]);
  return [...counts].filter(([, count]) => count > 0).map(([name, count]) => `${name}: ${count}`);
}

async function leftInDatabases(system: System): Promise<string[]> {
  const connection = await createConnection(system.databaseUrl);
  const count = async (what: string, sql: string): Promise<string[]> => {
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${sql}`);
    const number = Number(rows[0]?.['n']);
    return number === 0 ? [] : [`${number} ${what}`];
  };
  const at = (table: string): string => system.databasePrefix + table;
  try {
    const left: string[] = [];
    for (const service of SERVICES) {
      if (service === 'dashboard') continue;
      left.push(
        ...(await count(`unsent of ${service}`, `${at(service)}.outbox WHERE position IS NULL`)),
      );
    }
    const deal = at('deal.deal');
    left.push(...(await count('pending', `${deal} WHERE status = 'pending'`)));
    left.push(...(await count('deferred', `${deal} WHERE point_status = 'deferred'`)));
    left.push(...(await count('waiting', at('point.waiting_change'))));
    left.push(...(await count('to announce', at('billing.run_announcement'))));
    return left;
  } finally {
    connection.destroy();
  }
}

async function leftInQueues(system: System): Promise<string[]> {
  const depths = await queueDepths(system, (service) => [
    service,
    ...RETRY_DELAYS_MS.map((delayMs) => `${service}.retry.${delayMs}`),
  ]);
  return [...depths].filter(([, count]) => count > 0).map(([name, count]) => `${count} in ${name}`);
}

async function queueDepths(
  system: System,
  queuesOf: (service: string) => string[],
): Promise<Map<string, number>> {
  const connection = await connect(system.brokerUrl, { timeout: 5_000 });
  connection.on('error', () => undefined);
  const depths = new Map<string, number>();
  try {
    for (const name of SERVICES.flatMap(queuesOf)) {
      // A queue that does not exist closes the channel: each has its own.
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      const queue = await channel.checkQueue(`${system.namespace}.${name}`).catch(() => null);
      if (queue === null) continue;
      depths.set(name, queue.messageCount);
      await channel.close();
    }
    return depths;
  } finally {
    await connection.close().catch(() => undefined);
  }
}
