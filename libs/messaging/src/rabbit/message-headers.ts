import type { ConsumeMessage, GetMessage, Message } from 'amqplib';
import type { IncomingMessage, MustRead } from '../transport/event-transport.ts';
import type { FailureNote } from '../transport/judge-delivery.ts';
import { isBundle, partsOf } from './bundle.ts';
import type { Carried } from './bundle.ts';

/** Our own headers. The broker's `x-death` is not counted on: what it means changed between versions. */
const triesHeader = 'x-tries';
const reasonHeader = 'x-reason';
const firstFailedAtHeader = 'x-first-failed-at';
const traceHeader = 'traceparent';
/** How many events a message carries, when it is more than one; for who watches the broker. */
const eventsHeader = 'x-events';
/** The trace context of each of them, in their order. */
const tracesHeader = 'x-traceparents';

/** Headers of an event that is published for the first time. */
export function freshHeaders(traceparent: string | null): Record<string, string | number> {
  return traceparent === null ? {} : { [traceHeader]: traceparent };
}

/** Headers of a message that carries several events. */
export function bundleHeaders(
  events: number,
  traces: string | null,
): Record<string, string | number> {
  return { [eventsHeader]: events, ...(traces === null ? {} : { [tracesHeader]: traces }) };
}

/** Headers of a copy that goes to a retry queue or to the dead letters. */
export function headersAfterFailure(
  message: IncomingMessage,
  note: FailureNote,
): Record<string, string | number> {
  return {
    ...freshHeaders(message.traceparent),
    [triesHeader]: note.tries,
    [reasonHeader]: note.reason,
    [firstFailedAtHeader]: note.firstFailedAt,
  };
}

/** Headers of a copy that is laid back though it has not failed: its count stays what it was. */
export function headersUnchanged(message: IncomingMessage): Record<string, string | number> {
  const headers = freshHeaders(message.traceparent);
  if (message.tries > 0) headers[triesHeader] = message.tries;
  if (message.firstFailedAt !== null) headers[firstFailedAtHeader] = message.firstFailedAt;
  return headers;
}

/** What was noted when the message failed last; null on one that never did. */
export function failureOf({ properties }: Message): string | null {
  return textOf(properties.headers?.[reasonHeader]);
}

/** Reads a message of ours, or of anybody who publishes plain JSON under the event's routing key. */
export function readMessage(message: ConsumeMessage | GetMessage): IncomingMessage {
  const { content, fields, properties } = message;
  const headers: Record<string, unknown> = properties.headers ?? {};
  const tries = headers[triesHeader];
  return {
    id: textOf(properties.messageId) ?? '',
    key: textOf(properties.type) ?? fields.routingKey,
    body: content.toString(),
    traceparent: textOf(headers[traceHeader]),
    tries: typeof tries === 'number' && Number.isSafeInteger(tries) && tries > 0 ? tries : 0,
    firstFailedAt: textOf(headers[firstFailedAtHeader]),
    redelivered: fields.redelivered,
  };
}

/**
 * The events that a message carries, each as if it had come alone. A body that is not what it seems goes on as one
 * message, for its handler to refuse.
 */
export function eventsOf(
  message: ConsumeMessage | GetMessage,
  mustRead: MustRead = () => true,
): Carried {
  const whole = readMessage(message);
  const { key, body } = whole;
  const alone: Carried = { key, events: [whole], unread: 0 };
  if (!isBundle(body)) return mustRead(key, body) ? alone : { key, events: [], unread: 1 };
  try {
    const traces = textOf(message.properties.headers?.[tracesHeader]);
    const carried = partsOf(whole, traces, mustRead);
    return carried.events.length + carried.unread === 0 ? alone : carried;
  } catch {
    return alone;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
