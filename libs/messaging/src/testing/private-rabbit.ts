import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const servers = pathToFileURL(resolve(import.meta.dirname, '../../../../tools/servers')).href;

/** The workspace's own way to start a server is no part of any lib: it runs in a process of its own. */
const keeper = `
import { createInterface } from 'node:readline';
import { startRabbitMq } from '${servers}/rabbitmq.mjs';
import { freePorts } from '${servers}/free-port.mjs';
const [port] = await freePorts(1);
const dir = process.argv[1];
let server = null;
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
const end = async (how) => { const one = server; server = null; await one?.[how](); };
for await (const line of createInterface({ input: process.stdin })) {
  const { order, settings } = JSON.parse(line);
  try {
    if (order === 'start') server = await startRabbitMq({ port, dir, settings });
    else await end(order);
    say({ url: server?.url ?? null });
  } catch (error) {
    say({ failed: String(error?.message ?? error) });
  }
}
await end('kill');
process.exit(0);
`;

/** Whether a RabbitMQ server is installed that can be started for a test alone. */
export function canHavePrivateRabbit(): boolean {
  const asked = `const { hasRabbitMq } = await import('${servers}/rabbitmq.mjs'); process.exit(hasRabbitMq() ? 0 : 1);`;
  const options = { env: { ...process.env, NODE_OPTIONS: '' } };
  return spawnSync(process.execPath, ['--input-type=module', '-e', asked], options).status === 0;
}

/** A RabbitMQ of the test's own, which it may kill and start again on the same data. */
export class PrivateRabbit {
  readonly #dir = mkdtempSync(join(tmpdir(), 'private-rabbit-'));
  readonly #keeper: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor() {
    const words = ['--input-type=module', '-e', keeper, this.#dir];
    const env = { ...process.env, NODE_OPTIONS: '' };
    this.#keeper = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#answers = createInterface({ input: this.#keeper.stdout! })[Symbol.asyncIterator]();
  }

  /** Always on the same port; `settings` are further lines of rabbitmq.conf. Answers its URL. */
  async start(...settings: string[]): Promise<string> {
    return String((await this.#order({ order: 'start', settings }))['url']);
  }

  async kill(): Promise<void> {
    await this.#order({ order: 'kill' });
  }

  /** Ends it, and leaves nothing behind. */
  async remove(): Promise<void> {
    const ended = once(this.#keeper, 'exit');
    this.#keeper.stdin?.end();
    await ended;
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #order(order: object): Promise<Record<string, unknown>> {
    this.#keeper.stdin?.write(`${JSON.stringify(order)}\n`);
    const { value } = (await this.#answers.next()) as { value: string };
    const answer = JSON.parse(value) as Record<string, unknown>;
    if (answer['failed'] !== undefined) throw new Error(String(answer['failed']));
    return answer;
  }
}
