import type { EventKey } from '@onepoint/contracts';
import { newEventId } from '../outbox/event-id.ts';
import type { OutgoingMessage } from '../transport/event-transport.ts';

/** A valid `member.created.v1`, as the relay would publish it. */
export function memberCreated(memberId: number): OutgoingMessage {
  const id = newEventId();
  const now = new Date().toISOString();
  const event = {
    id,
    type: 'member.created',
    version: 1,
    source: 'member',
    subject: `member/${memberId}`,
    occurredAt: now,
    sequence: 0,
    correlationId: id,
    data: { memberId, joinedAt: now },
  };
  return { id, key: 'member.created.v1', body: JSON.stringify(event), traceparent: null };
}

/** A message under a key whose body does not keep the key's contract. */
export function brokenMessage(key: EventKey): OutgoingMessage {
  const id = newEventId();
  return { id, key, body: JSON.stringify({ id, nothing: 'more' }), traceparent: null };
}
