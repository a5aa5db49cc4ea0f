import { connect } from 'amqplib';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { RABBITMQ_URL } from '../running/leftovers.ts';

/** A message as it lay on the broker. */
export interface Heard {
  readonly key: string;
  readonly message: ConsumeMessage;
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
        if (message !== null) {
          eavesdropper.heard.push({ key: message.fields.routingKey, message });
        }
      },
      { noAck: false },
    );
    return eavesdropper;
  }

  /** What was heard is said once more, as it was: every reader gets it again. */
  repeat({ key, message }: Heard): void {
    const { messageId, headers, contentType } = message.properties as {
      messageId?: string;
      headers?: Record<string, unknown>;
      contentType?: string;
    };
    this.channel.publish(`${this.namespace}.events`, key, message.content, {
      persistent: true,
      ...(messageId === undefined ? {} : { messageId }),
      ...(headers === undefined ? {} : { headers }),
      ...(contentType === undefined ? {} : { contentType }),
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
