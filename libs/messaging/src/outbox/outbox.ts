import { Injectable } from '@nestjs/common';
import { eventCatalogue, parseEvent } from '@onepoint/contracts';
import type { EventKey, ServiceName } from '@onepoint/contracts';
import type { Transaction } from '@onepoint/persistence';
import { currentContext } from '@onepoint/platform';
import type { CommitBell } from './commit-bell.ts';
import { newEventId } from './event-id.ts';
import type { EventOrigin, NewEvent } from './new-event.ts';
import { storedPieces } from './stored-events.ts';

/**
 * Where events are written together with the change that they tell of: saving is publishing (P3, P4). All
 * events of one transaction share a row; rows stay as the journal after they were sent.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly source: ServiceName,
    private readonly bell: CommitBell,
  ) {}

  /**
   * Writes the events into the transaction. They are published some time after its commit, at least once,
   * and never if it is rolled back. They travel with the commit.
   *
   * @throws ContractBreach when an event is not what its key promises, or is another service's
   * @throws EventTooLarge
   */
  async append(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const now = Date.now();
    const context = currentContext();
    const told = events.map((event) => {
      const origin = event.origin ?? context;
      return { body: this.#bodyOf(event, now, origin), traceparent: origin?.traceparent ?? null };
    });
    for (const { count, events: json, traceparent, traceparents } of storedPieces(told)) {
      tx.later.insertRows(
        'outbox',
        [{ event_count: count, events: json, traceparent, traceparents, created_at: now }],
        { carrier: 'event_count' },
      );
    }
    tx.afterCommit(() => this.bell.ring());
  }

  #bodyOf(event: NewEvent, now: number, origin: EventOrigin | undefined): string {
    const { type, version } = definitionOf(event.key);
    const id = newEventId(now);
    const envelope = {
      id,
      type,
      version,
      source: this.source,
      subject: event.subject,
      occurredAt: new Date(event.occurredAt).toISOString(),
      sequence: event.sequence,
      correlationId: origin?.correlationId ?? id,
      data: event.data,
    };
    return JSON.stringify(parseEvent(event.key, envelope));
  }
}

function definitionOf(key: EventKey): { readonly type: string; readonly version: number } {
  return eventCatalogue[key];
}
