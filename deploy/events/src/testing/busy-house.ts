import { rabbitNames } from '@onepoint/messaging';
import { connect } from 'amqplib';
import type { Channel } from 'amqplib';
import { WholeHouse } from './whole-house.ts';

const MEMBERS = 20;

/** A house with a merchant and members, where deals are made. */
export class BusyHouse extends WholeHouse {
  readonly #members: unknown[] = [];

  override async start(): Promise<void> {
    await super.start();
    await this.ask('deal', 'POST', '/merchants', { id: 20, name: 'mill' });
    for (let n = 1; n <= MEMBERS; n += 1) {
      const person = { name: `member ${n}`, phone: `0100000${String(n).padStart(4, '0')}` };
      this.#members.push((await this.ask('member', 'POST', '/members', person)).body['id']);
    }
    await this.settled();
  }

  /** A save and a use of each, many at once; of every fifth the save is cancelled. */
  async deals(count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const deal = { memberId: this.#members[n % MEMBERS], merchantId: 20, dealAmount: 50_000 };
        const saved = await this.ask('deal', 'POST', '/deals', { ...deal, type: 'save' });
        await this.ask('deal', 'POST', '/deals', { ...deal, type: 'use', point: 7 });
        const path = `/deals/${String(saved.body['id'])}/cancel`;
        if (n % 5 === 0) await this.ask('deal', 'POST', path);
      }),
    );
  }

  /** Deals happen that Billing never hears of. */
  async missedByBilling(count: number): Promise<void> {
    await this.stopOne('billing');
    await this.deals(count);
    await this.settled();
    await this.onChannel((channel) => channel.purgeQueue(rabbitNames(this.name, 'billing').queue));
    await this.startOne('billing');
    await this.settled();
  }

  async onChannel(work: (channel: Channel) => Promise<unknown>): Promise<void> {
    const connection = await connect(this.rabbitUrl);
    const channel = await connection.createChannel();
    await work(channel);
    // The channel first: what it was given to send leaves with its end.
    await channel.close();
    await connection.close();
  }

  linesOfBilling(): Promise<unknown[]> {
    return this.rows(
      'billing',
      'SELECT deal_id, type, point, deal_date FROM settlement_line ORDER BY deal_id',
    );
  }
}
