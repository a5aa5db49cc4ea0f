import type { EventKey } from '@onepoint/contracts';
import { keyOf } from '@onepoint/contracts';
import type { OutgoingMessage } from '../transport/event-transport.ts';

/** The most events that one outbox row holds. */
export const eventsPerRowMax = 500;
/** The most bytes of JSON that one outbox row holds. */
export const rowBytesMax = 512 * 1024;

/** Between events a comma and a line break: JSON has no raw line breaks, so the text can be cut there. */
const seam = ',\n';
const opening = '[\n';
const closing = '\n]';

/** Part of what one transaction said: the events' JSON, and how many they are. */
export interface StoredPiece {
  readonly count: number;
  /** A JSON array. */
  readonly events: string;
}

/** An outbox row as the relay reads it. */
export interface OutboxRow {
  readonly id: number;
  readonly eventCount: number;
  readonly events: string;
  readonly traceparent: string | null;
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
export function storedPieces(bodies: readonly string[]): StoredPiece[] {
  const pieces: StoredPiece[] = [];
  let gathered: string[] = [];
  let bytes = 0;
  const finish = (): void => {
    if (gathered.length === 0) return;
    pieces.push({ count: gathered.length, events: opening + gathered.join(seam) + closing });
    gathered = [];
    bytes = 0;
  };
  for (const body of bodies) {
    const size = Buffer.byteLength(body);
    if (size > rowBytesMax) throw new EventTooLarge(size);
    if (gathered.length === eventsPerRowMax || bytes + size > rowBytesMax) finish();
    gathered.push(body);
    bytes += size;
  }
  finish();
  return pieces;
}

/**
 * The messages of a row, their bodies cut out of it as they were written.
 *
 * @throws OutboxRowDamaged
 */
export function messagesOf(row: OutboxRow): OutgoingMessage[] {
  const bodies = row.events.slice(opening.length, -closing.length).split(seam);
  if (bodies.length !== row.eventCount) throw new OutboxRowDamaged(row.id);
  return bodies.map((body) => {
    const { id, key } = headOf(body, row.id);
    return { id, key, body, traceparent: row.traceparent };
  });
}

function headOf(body: string, rowId: number): { id: string; key: EventKey } {
  try {
    const head: { id?: unknown; type?: unknown; version?: unknown } = JSON.parse(body);
    if (typeof head.id !== 'string') throw new OutboxRowDamaged(rowId);
    return { id: head.id, key: keyOf({ type: String(head.type), version: Number(head.version) }) };
  } catch {
    throw new OutboxRowDamaged(rowId);
  }
}
