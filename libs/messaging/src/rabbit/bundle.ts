import type { EventKey } from '@onepoint/contracts';
import { cutEvents, joinEvents } from '../outbox/event-array.ts';
import type { IncomingMessage, MustRead, OutgoingMessage } from '../transport/event-transport.ts';

/** The most bytes of events that one message carries, unless a single event is larger. */
export const bundleBytesMax = 64 * 1024;
/** The most events that one message may be told to carry: their trace contexts must fit into one frame of headers. */
export const bundleEventsMax = 500;

const traceSeam = ',';

/** Events of one key that travel in one message. */
export interface Bundle<Event extends OutgoingMessage> {
  readonly key: EventKey;
  /** One at least. */
  readonly events: readonly [Event, ...Event[]];
}

/**
 * Shares out events over messages: those of one key together, in their order, as many as may go into one message.
 * With `eventsMax` 1 each goes alone.
 */
export function bundled<Event extends OutgoingMessage>(
  events: readonly Event[],
  eventsMax: number,
): Bundle<Event>[] {
  const bundles: Bundle<Event>[] = [];
  for (const [key, [first, ...others]] of Map.groupBy(events, ({ key }) => key)) {
    let gathered: [Event, ...Event[]] = [first!];
    let bytes = Buffer.byteLength(first!.body);
    for (const event of others) {
      const size = Buffer.byteLength(event.body);
      if (gathered.length === eventsMax || bytes + size > bundleBytesMax) {
        bundles.push({ key, events: gathered });
        gathered = [event];
        bytes = size;
      } else {
        gathered.push(event);
        bytes += size;
      }
    }
    bundles.push({ key, events: gathered });
  }
  return bundles;
}

/** The body of a message with several events: a JSON array of them. */
export function bundleBody(events: readonly OutgoingMessage[]): string {
  return joinEvents(events.map(({ body }) => body));
}

/** The trace contexts of a bundle's events in their order, for a header; null when none of them has one. */
export function bundleTraces(events: readonly OutgoingMessage[]): string | null {
  if (events.every(({ traceparent }) => traceparent === null)) return null;
  return events.map(({ traceparent }) => traceparent ?? '').join(traceSeam);
}

/** Whether a body is a JSON array, so that it carries several events (or none). */
export function isBundle(body: string): boolean {
  return body.startsWith('[');
}

/** What a message carries. */
export interface Carried {
  /** Of all that it carries. */
  readonly key: string;
  /** Those that must be read, each as if it had come alone. */
  readonly events: readonly IncomingMessage[];
  /** How many it carries beside them. */
  readonly unread: number;
}

/**
 * The events of a bundle. What somebody else has written with other spaces between them is parsed instead of cut.
 *
 * @throws SyntaxError when the body is not JSON
 */
export function partsOf(
  message: IncomingMessage,
  traces: string | null,
  mustRead: MustRead = () => true,
): Carried {
  const { key } = message;
  const own = traces?.split(traceSeam) ?? [];
  const bodies = bodiesOf(message.body);
  const events: IncomingMessage[] = [];
  for (const [place, body] of bodies.entries()) {
    if (!mustRead(key, body)) continue;
    events.push({ ...message, body, id: idOf(body), traceparent: own[place] || null });
  }
  return { key, events, unread: bodies.length - events.length };
}

function bodiesOf(body: string): string[] {
  const ours = cutEvents(body);
  if (ours !== null) return ours;
  const events: unknown[] = JSON.parse(body);
  return events.map((event) => JSON.stringify(event));
}

/** As our outbox writes it, the id comes first: looked for before the whole is parsed, which its handler does. */
const leadingId = /^\{"id":"([^"\\]{1,128})"/;

function idOf(body: string): string {
  return leadingId.exec(body)?.[1] ?? '';
}
