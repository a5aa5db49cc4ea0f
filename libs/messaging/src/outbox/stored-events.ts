import type { EventKey } from '@onepoint/contracts';
import { keyOf } from '@onepoint/contracts';
import type { OutgoingMessage } from '../transport/event-transport.ts';
import { cutEvents, joinEvents } from './event-array.ts';

/** The most events that one outbox row holds. */
export const eventsPerRowMax = 500;
/** The most bytes of JSON that one outbox row holds. */
export const rowBytesMax = 512 * 1024;

/** Between the trace contexts of a row; none of them has a line break. */
const traceSeam = '\n';

/** One event as it is stored: its JSON, and the trace context of the request that caused it. */
export interface ToldEvent {
  readonly body: string;
  readonly traceparent: string | null;
}

/** Part of what one transaction said: the events' JSON, and how many they are. */
export interface StoredPiece {
  readonly count: number;
  /** A JSON array. */
  readonly events: string;
  /** The trace context of all of them; null when they have none, or each its own. */
  readonly traceparent: string | null;
  /** A line for each event, empty where it has none; null when they share one. */
  readonly traceparents: string | null;
}

/** An outbox row as the relay reads it. */
export interface OutboxRow {
  readonly id: number;
  readonly eventCount: number;
  readonly events: string;
  readonly traceparent: string | null;
  readonly traceparents: string | null;
}

/** One event cannot be stored: it is larger than a whole row may be. */
export class EventTooLarge extends Error {
  readonly code = 'EVENT_TOO_LARGE';

  constructor(bytes: number) {
    super(`an event of ${bytes} bytes; ${rowBytesMax} is the most`);
    this.name = 'EventTooLarge';
  }
}

/** An outbox row is not what was written: somebody changed it by hand. */
export class OutboxRowDamaged extends Error {
  readonly code = 'OUTBOX_ROW_DAMAGED';

  constructor(id: number) {
    super(`outbox row ${id} cannot be read`);
    this.name = 'OutboxRowDamaged';
  }
}

/**
 * Joins events, each written as JSON once, into as few rows as the limits allow.
 *
 * @throws EventTooLarge
 */
export function storedPieces(told: readonly ToldEvent[]): StoredPiece[] {
  const pieces: StoredPiece[] = [];
  let gathered: ToldEvent[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (gathered.length > 0) pieces.push(pieceOf(gathered));
    gathered = [];
    bytes = 0;
  };
  for (const event of told) {
    const size = Buffer.byteLength(event.body);
    if (size > rowBytesMax) throw new EventTooLarge(size);
    if (gathered.length === eventsPerRowMax || bytes + size > rowBytesMax) finish();
    gathered.push(event);
    bytes += size;
  }
  finish();
  return pieces;
}

function pieceOf(told: readonly ToldEvent[]): StoredPiece {
  const first = told[0]?.traceparent ?? null;
  const shared = told.every(({ traceparent }) => traceparent === first);
  return {
    count: told.length,
    events: joinEvents(told.map(({ body }) => body)),
    traceparent: shared ? first : null,
    traceparents: shared ? null : told.map(({ traceparent }) => traceparent ?? '').join(traceSeam),
  };
}

/**
 * The messages of a row, their bodies cut out of it as they were written.
 *
 * @throws OutboxRowDamaged
 */
export function messagesOf(row: OutboxRow): OutgoingMessage[] {
  const bodies = cutEvents(row.events);
  const own = row.traceparents?.split(traceSeam);
  if (bodies?.length !== row.eventCount) throw new OutboxRowDamaged(row.id);
  return bodies.map((body, place) => {
    const { id, key } = headOf(body, row.id);
    return { id, key, body, traceparent: row.traceparent ?? (own?.[place] || null) };
  });
}

/** As the outbox writes every event: to know its key, the whole need not be parsed. */
const leadingWords = /^\{"id":"([^"\\]+)","type":"([^"\\]+)","version":(\d+),/;

function headOf(body: string, rowId: number): { id: string; key: EventKey } {
  try {
    const [, id, type, version] = leadingWords.exec(body) ?? parsedWords(body);
    if (typeof id !== 'string') throw new OutboxRowDamaged(rowId);
    return { id, key: keyOf({ type: String(type), version: Number(version) }) };
  } catch {
    throw new OutboxRowDamaged(rowId);
  }
}

function parsedWords(body: string): readonly unknown[] {
  const event: { id?: unknown; type?: unknown; version?: unknown } = JSON.parse(body);
  return [undefined, event.id, event.type, event.version];
}
