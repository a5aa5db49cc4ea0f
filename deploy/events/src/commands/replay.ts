import { setTimeout as wait } from 'node:timers/promises';
import { eventCatalogue, eventEnvelope, isEventKey } from '@onepoint/contracts';
import type { EventKey, ServiceName } from '@onepoint/contracts';
import type { BrokerDesk, OutgoingMessage } from '@onepoint/messaging';
import { JournalDoor } from '../doors/journal-door.ts';
import type { ServiceDoors } from '../doors/service-doors.ts';
import type { Order } from '../words/order.ts';
import type { Terminal } from '../words/terminal.ts';
import { NoSuchQueue } from './dead-letters.ts';

type ReplayOrder = Extract<Order, { order: 'replay' }>;

/** A message was not taken by the reader's queue: the replay stops there. */
export class ReplayCutShort extends Error {
  override readonly name = 'ReplayCutShort';

  constructor(source: ServiceName, position: number) {
    super(`the queue did not take all; go on with --source ${source} --from ${position}`);
  }
}

/** The reader shall keep up: beyond this many waiting messages the replay waits. */
const WAITING_MAX = 20_000;
const LOOK_EVERY_MS = 250;

/**
 * Publishes events of the journals once more, to one reader's queue and to nobody else's. What the reader
 * knows already changes nothing there: readers are idempotent (P4).
 */
export async function replay(
  doors: ServiceDoors,
  desk: BrokerDesk,
  terminal: Terminal,
  order: ReplayOrder,
): Promise<number> {
  const { service, start, isDry } = order;
  if (!isDry && (await desk.depths(service, [])) === null) throw new NoSuchQueue(service);
  const keys = await wantedKeys(doors, order);
  const sources = order.sources ?? [...new Set([...keys].map((key) => eventCatalogue[key].source))];
  const counts = [];
  for (const source of sources) {
    let [read, sent, last] = [0, 0, 0];
    for await (const { events, position } of new JournalDoor(doors, source).pages(start)) {
      const messages = messagesOf(events, keys);
      if (!isDry) await send(desk, service, messages, source, last + 1);
      [read, sent, last] = [read + events.length, sent + messages.length, position];
      terminal.progress(0, `${source}: position ${position}, ${sent} of ${read} events`);
    }
    terminal.progress(1, `${source}: position ${last}, ${sent} of ${read} events`);
    counts.push({ source, read, sent, lastPosition: last });
  }
  terminal.document({ service, isDry, sources: counts });
  for (const { source, read, sent, lastPosition } of counts) {
    const what = isDry ? 'would be sent' : 'sent';
    terminal.line(`${source}: ${sent} of ${read} events ${what}, up to position ${lastPosition}`);
  }
  return 0;
}

/** Only what the reader hears: anything else would end among its dead letters. */
async function wantedKeys(doors: ServiceDoors, order: ReplayOrder): Promise<Set<EventKey>> {
  const { reader } = await new JournalDoor(doors, order.service).state();
  const heard = reader.keys.filter(isEventKey);
  return new Set(heard.filter((key) => order.types?.includes(key) ?? true));
}

function messagesOf(events: readonly string[], keys: ReadonlySet<EventKey>): OutgoingMessage[] {
  return events.flatMap((body) => {
    const { id, type, version } = eventEnvelope.parse(JSON.parse(body));
    const key = `${type}.v${version}`;
    if (!isEventKey(key) || !keys.has(key)) return [];
    return [{ id, key, body, traceparent: null }];
  });
}

async function send(
  desk: BrokerDesk,
  service: ServiceName,
  messages: readonly OutgoingMessage[],
  source: ServiceName,
  from: number,
): Promise<void> {
  if (messages.length === 0) return;
  while (((await desk.depths(service, []))?.ready ?? 0) > WAITING_MAX) await wait(LOOK_EVERY_MS);
  const outcomes = await desk.sendTo(service, messages).catch(() => ['unroutable']);
  if (outcomes.some((outcome) => outcome !== 'taken')) throw new ReplayCutShort(source, from);
}
