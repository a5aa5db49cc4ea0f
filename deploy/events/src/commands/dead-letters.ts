import type { ServiceName } from '@onepoint/contracts';
import type { BrokerDesk, DeadLetter, DeadLetters } from '@onepoint/messaging';
import type { Choice } from '../words/order.ts';
import { tableOf } from '../words/table.ts';
import type { Terminal } from '../words/terminal.ts';

const REASON_CHARS = 60;

/** A service without a queue on this broker: the standalone keeps its dead letters in a file. */
export class NoSuchQueue extends Error {
  override readonly name = 'NoSuchQueue';

  constructor(service: ServiceName) {
    super(
      `${service} has no queue on this broker. (npm start keeps dead letters in ` +
        `standalone/dead-letters.ndjson in its data folder.)`,
    );
  }
}

/** Looks at what a service set aside, and puts all of it back. */
export async function listDead(
  desk: BrokerDesk,
  terminal: Terminal,
  service: ServiceName,
  limit: number,
): Promise<number> {
  const letters = await looking(desk, service, limit, async (dead) => dead.letters);
  terminal.document(letters);
  const heads = ['id', 'event', 'tries', 'failed first', 'reason'];
  const rows = letters.map(({ id, key, tries, firstFailedAt, reason }) => [
    ...[id, key, tries, firstFailedAt, reason?.slice(0, REASON_CHARS) ?? null],
  ]);
  if (rows.length === 0) terminal.line(`${service} has set nothing aside`);
  else for (const line of tableOf(heads, rows)) terminal.line(line);
  if (rows.length === limit) terminal.line(`… the oldest ${limit}; see --limit`);
  return 0;
}

/** Shows one of them whole. */
export async function showDead(
  desk: BrokerDesk,
  terminal: Terminal,
  service: ServiceName,
  id: string,
  limit: number,
): Promise<number> {
  const letters = await looking(desk, service, limit, async (dead) => dead.letters);
  const letter = letters.find((each) => each.id === id);
  if (letter === undefined) return unknown(terminal, service, [id]);
  terminal.document(letter);
  for (const field of ['id', 'key', 'reason', 'tries', 'firstFailedAt'] as const) {
    terminal.line(`${field.padEnd(14)} ${String(letter[field] ?? '-')}`);
  }
  terminal.line(pretty(letter.body));
  return 0;
}

/** Sends them back to the service's own queue, or lets them go for good. */
export async function settleDead(
  desk: BrokerDesk,
  terminal: Terminal,
  order: {
    readonly order: 'dead retry' | 'dead drop';
    readonly service: ServiceName;
    readonly choice: Choice;
    readonly limit: number;
  },
): Promise<number> {
  const { service, choice, limit } = order;
  const isChosen = ({ id }: DeadLetter): boolean => choice === 'all' || choice.ids.includes(id);
  const isRetry = order.order === 'dead retry';
  const settled = await looking(desk, service, limit, async (dead) =>
    isRetry ? dead.retry(isChosen) : dead.drop(isChosen),
  );
  terminal.document(settled);
  for (const { id, key, body } of settled) {
    terminal.line(`${isRetry ? `sent back to ${service}` : 'dropped'}: ${key} ${id}`);
    if (!isRetry) terminal.line(body);
  }
  const wanted = choice === 'all' ? [] : choice.ids;
  const missing = wanted.filter((id) => !settled.some((letter) => letter.id === id));
  if (missing.length > 0) return unknown(terminal, service, missing);
  terminal.line(`${settled.length} ${isRetry ? 'sent back' : 'dropped'}`);
  return 0;
}

/** Whatever happens, what was not settled is put back. @throws NoSuchQueue */
async function looking<Found>(
  desk: BrokerDesk,
  service: ServiceName,
  limit: number,
  look: (dead: DeadLetters) => Promise<Found>,
): Promise<Found> {
  const dead = await desk.deadLetters(service, limit);
  if (dead === null) throw new NoSuchQueue(service);
  try {
    return await look(dead);
  } finally {
    await dead.release();
  }
}

function unknown(terminal: Terminal, service: ServiceName, ids: readonly string[]): number {
  terminal.complain(`not among the dead letters of ${service}: ${ids.join(', ')}`);
  return 1;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
