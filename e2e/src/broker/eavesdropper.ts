import { connect } from 'amqplib';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { RABBITMQ_URL } from '../running/leftovers.ts';

/** An event as it lay on the broker, alone in its message or with others. */
export interface Heard {
  readonly key: string;
  /** The event's JSON. */
  readonly content: string;
  readonly traceparent: string | null;
  readonly isPersistent: boolean;
}

/** A system that is none of ours: it hears every event with a queue of its own, and may speak too. */
export class Eavesdropper {
  readonly heard: Heard[] = [];

  private constructor(
    private readonly connection: ChannelModel,
    private readonly channel: Channel,
    private readonly namespace: string,
  ) {}

  static async listen(namespace: string): Promise<Eavesdropper> {
    const connection = await connect(RABBITMQ_URL);
    const channel = await connection.createChannel();
    const exchange = `${namespace}.events`;
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchange, '#');
    const eavesdropper = new Eavesdropper(connection, channel, namespace);
    await channel.consume(
      queue,
      (message) => {
        if (message !== null) eavesdropper.heard.push(...eventsOf(message));
      },
      { noAck: false },
    );
    return eavesdropper;
  }

  /** What was heard is said once more, as it was: every reader gets it again. */
  repeat({ key, content, traceparent }: Heard): void {
    this.channel.publish(`${this.namespace}.events`, key, Buffer.from(content), {
      persistent: true,
      headers: traceparent === null ? {} : { traceparent },
    });
  }

  /** Anything at all, under an event's name. */
  say(key: string, content: string): void {
    this.channel.publish(`${this.namespace}.events`, key, Buffer.from(content), {
      persistent: true,
    });
  }

  /** How many messages a service has set aside. */
  async setAside(service: string): Promise<number> {
    const { messageCount } = await this.channel.checkQueue(`${this.namespace}.${service}.dead`);
    return messageCount;
  }

  /** How many messages wait for a service. */
  async waiting(service: string): Promise<number> {
    const { messageCount } = await this.channel.checkQueue(`${this.namespace}.${service}`);
    return messageCount;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/** As docs/events.md tells a stranger: a JSON object, or an array of them with their traces in a header. */
function eventsOf({ fields, properties, content }: ConsumeMessage): Heard[] {
  const headers: Record<string, unknown> = properties.headers ?? {};
  const text = content.toString('utf8');
  // What is no JSON (it may be our own) is kept as it is.
  const said: readonly unknown[] = text.startsWith('[') ? (JSON.parse(text) as unknown[]) : [];
  const events = said.length === 0 ? [text] : said.map((event) => JSON.stringify(event));
  const traces = String(headers['x-traceparents'] ?? headers['traceparent'] ?? '').split(',');
  return events.map((event, place) => ({
    key: fields.routingKey,
    content: event,
    traceparent: traces[place] || null,
    isPersistent: properties.deliveryMode === 2,
  }));
}
