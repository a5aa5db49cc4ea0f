import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import { serviceNames } from '@onepoint/contracts';

/** Where the servers of the full mode are: the same variables as the system's own. */
export const MYSQL_URL = process.env['MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306';
export const RABBITMQ_URL = process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';

/** Delays of the retry queues; deleting one that does not exist does no harm. */
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Everything that a full mode of this prefix and namespace left on the servers. */
export async function dropLeftovers(prefix: string, namespace: string): Promise<void> {
  await dropDatabases(prefix);
  await dropQueues(namespace);
}

async function dropDatabases(prefix: string): Promise<void> {
  const connection = await createConnection(MYSQL_URL);
  try {
    for (const service of serviceNames) {
      await connection.query(`DROP DATABASE IF EXISTS \`${prefix}${service}\``);
    }
  } finally {
    await connection.end();
  }
}

async function dropQueues(namespace: string): Promise<void> {
  const connection = await connect(RABBITMQ_URL);
  try {
    const channel = await connection.createChannel();
    for (const service of serviceNames) {
      const queue = `${namespace}.${service}`;
      const retries = RETRY_DELAYS_MS.map((delayMs) => `${queue}.retry.${delayMs}`);
      for (const name of [queue, `${queue}.dead`, ...retries]) await channel.deleteQueue(name);
    }
    await channel.deleteExchange(`${namespace}.events`);
  } finally {
    await connection.close();
  }
}
