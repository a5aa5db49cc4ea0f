// Does a server answer, with these credentials? A real login, because an open port alone proves nothing.
import amqp from 'amqplib';
import { createConnection } from 'mysql2/promise';

const answerWithinMs = 5_000;

/**
 * Logs in and asks for the version.
 * @param {string} url such as `mysql://root@127.0.0.1:3306`
 * @returns {Promise<string>} the server's version
 * @throws when it cannot be reached or refuses the login
 */
export async function askMySql(url) {
  const connection = await createConnection({ uri: url, connectTimeout: answerWithinMs });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return String(/** @type {{ version: string }[]} */ (rows)[0]?.version);
  } finally {
    connection.destroy();
  }
}

/**
 * Logs in, opens a channel and leaves.
 * @param {string} url such as `amqp://guest:guest@127.0.0.1:5672`
 * @returns {Promise<string>} the server's version
 * @throws when it cannot be reached or refuses the login
 */
export async function askRabbitMq(url) {
  const connection = await amqp.connect(url, { timeout: answerWithinMs });
  connection.on('error', () => undefined);
  const channel = await connection.createChannel();
  await channel.close();
  const { version } = connection.connection.serverProperties;
  await connection.close();
  return version;
}
