import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import type { Dice } from '../run/dice.ts';
import { SERVICES } from '../system/programs.ts';
import type { System } from '../system/system.ts';

interface Said {
  readonly id: string;
  readonly type: string;
  readonly version: number;
}

const AGAIN_MAX = 400;
const SPEAKERS = SERVICES.filter((name) => name !== 'dashboard');

/** Publishes some of everything that was ever said once or twice more, in random order (P4). */
export async function publishAgain(system: System, dice: Dice): Promise<void> {
  const said = await readEvents(system, 'position IS NOT NULL');
  const some = dice.shuffled(said).slice(0, AGAIN_MAX);
  await publish(system, dice.shuffled([...some, ...some.filter(() => dice.chance(0.5))]));
}

/** Publishes what is committed and not yet sent, in random order: it will come again (P4). */
export async function publishEarly(system: System, dice: Dice): Promise<void> {
  const unsent = await readEvents(system, 'position IS NULL');
  await publish(system, dice.shuffled(unsent));
}

async function readEvents(system: System, which: string): Promise<Said[]> {
  const connection = await createConnection(system.databaseUrl);
  try {
    const said: Said[] = [];
    for (const service of SPEAKERS) {
      const [rows] = await connection.query<RowDataPacket[]>(
        `SELECT events FROM ${system.databasePrefix}${service}.outbox
         WHERE ${which} ORDER BY id DESC LIMIT 500`,
      );
      for (const row of rows) said.push(...(JSON.parse(String(row['events'])) as Said[]));
    }
    return said;
  } finally {
    connection.destroy();
  }
}

async function publish(system: System, said: readonly Said[]): Promise<void> {
  const connection = await connect(system.brokerUrl, { timeout: 5_000 });
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createConfirmChannel();
    for (const event of said) {
      const key = `${event.type}.v${event.version}`;
      const body = Buffer.from(JSON.stringify(event));
      const properties = { persistent: true, messageId: event.id, type: key };
      channel.publish(`${system.namespace}.events`, key, body, properties);
    }
    await channel.waitForConfirms();
  } finally {
    await connection.close().catch(() => undefined);
  }
}
