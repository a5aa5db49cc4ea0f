import { randomUUID } from 'node:crypto';
import type { EventDataOf, EventKey } from '@onepoint/contracts';
import { keyOf } from '@onepoint/contracts';
import type {
  Consumption,
  Deliver,
  EventTransport,
  OutgoingMessage,
  PublishOutcome,
  ReaderOptions,
} from '@onepoint/messaging';

/** An event as the others would hear it. */
export interface HeardEvent {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly sequence: number;
  readonly data: EventDataOf<'billing.settled.v1'>;
}

/** Hands events to Billing one by one and keeps what Billing says. */
export class HandTransport implements EventTransport {
  status: 'up' | 'down' = 'up';
  readonly #heard = new Map<string, HeardEvent>();
  #deliver: Deliver | null = null;
  #waiting: (() => void)[] = [];

  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[] {
    if (this.status === 'down') return messages.map(() => Promise.reject(new Error('broker away')));
    for (const { id, body } of messages) this.#heard.set(id, JSON.parse(body) as HeardEvent);
    for (const resolve of this.#waiting.splice(0)) resolve();
    return messages.map(() => Promise.resolve('taken'));
  }

  async consume(_reader: ReaderOptions, deliver: Deliver): Promise<Consumption> {
    this.#deliver = deliver;
    return { status: 'up', waitUntilUp: async () => {}, stop: async () => {} };
  }

  async waitUntilUp(): Promise<void> {
    if (this.status === 'down') throw new Error('broker away');
  }

  async close(): Promise<void> {}

  /** What Billing has said so far. */
  get said(): readonly HeardEvent[] {
    return [...this.#heard.values()];
  }

  /** Resolves when Billing has said at least so much. */
  async saidAtLeast(count: number): Promise<readonly HeardEvent[]> {
    while (this.#heard.size < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.said;
  }

  /** Tells Billing an event; resolves when it has been handled, rejects as its handler does. */
  tell<K extends EventKey>(key: K, data: EventDataOf<K>, sequence = 0): Promise<void> {
    if (this.#deliver === null) throw new Error('nobody listens');
    const [type = '', version = ''] = key.split(/\.v(?=\d+$)/);
    const event = {
      id: randomUUID(),
      type,
      version: Number(version),
      source: 'deal',
      subject: subjectOf(key, data),
      occurredAt: new Date().toISOString(),
      sequence,
      correlationId: 'test',
      data,
    };
    return this.#deliver({
      id: event.id,
      key: keyOf(event),
      body: JSON.stringify(event),
      traceparent: null,
      tries: 0,
      firstFailedAt: null,
      redelivered: false,
    });
  }
}

function subjectOf(key: EventKey, data: object): string {
  const [aggregate = ''] = key.split('.');
  const id: unknown = aggregate === 'deal' && 'dealId' in data ? data.dealId : null;
  const merchantId: unknown = 'merchantId' in data ? data.merchantId : null;
  return `${aggregate}/${String(id ?? merchantId)}`;
}
