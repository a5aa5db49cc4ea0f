import { BrokerAway } from '../transport/transport.errors.ts';
import type {
  Consumption,
  EventTransport,
  OutgoingMessage,
  PublishOutcome,
} from '../transport/event-transport.ts';

/** Answers as the test says, and remembers what was published. Only for what no real broker does on demand. */
export class ScriptedTransport implements EventTransport {
  readonly published: OutgoingMessage[] = [];
  status: 'up' | 'down' = 'up';
  answer: (message: OutgoingMessage) => Promise<PublishOutcome> = async () => 'taken';

  publish(messages: readonly OutgoingMessage[]): Promise<PublishOutcome>[] {
    return messages.map((message) => {
      if (this.status === 'down') return Promise.reject(new BrokerAway('scripted'));
      this.published.push(message);
      return this.answer(message);
    });
  }

  async waitUntilUp(): Promise<void> {
    if (this.status === 'up') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (this.status === 'down') throw new BrokerAway('scripted');
  }

  async consume(): Promise<Consumption> {
    throw new BrokerAway('nobody reads here');
  }

  async close(): Promise<void> {
    this.status = 'down';
  }
}
