import { describe, expect, it } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import fc from 'fast-check';
import { AckWindow } from './ack-window.ts';

function tagged(deliveryTag: number): ConsumeMessage {
  const fields = { deliveryTag, redelivered: false, exchange: '', routingKey: '', consumerTag: '' };
  const nothing = undefined;
  return {
    fields,
    content: Buffer.alloc(0),
    properties: {
      contentType: nothing,
      contentEncoding: nothing,
      headers: undefined,
      deliveryMode: nothing,
      priority: nothing,
      correlationId: nothing,
      replyTo: nothing,
      expiration: nothing,
      messageId: nothing,
      timestamp: nothing,
      type: nothing,
      userId: nothing,
      appId: nothing,
      clusterId: nothing,
    },
  };
}

/** A broker's side of a channel: refuses what it refuses, and remembers what was acknowledged. */
class Outstanding {
  readonly acknowledged = new Set<number>();
  frames = 0;
  readonly window = new AckWindow((message, upTo) => this.#onAck(message.fields.deliveryTag, upTo));

  constructor(readonly delivered: number) {}

  #onAck(tag: number, upTo: boolean): void {
    this.frames += 1;
    if (this.acknowledged.has(tag)) throw new Error(`PRECONDITION_FAILED - unknown tag ${tag}`);
    for (let each = upTo ? 1 : tag; each <= tag; each += 1) this.acknowledged.add(each);
  }
}

describe('AckWindow', () => {
  it('acknowledges a whole turn by one frame', () => {
    const broker = new Outstanding(100);
    for (let tag = 1; tag <= 100; tag += 1) broker.window.settle(tagged(tag));
    broker.window.flush();
    expect(broker.frames).toBe(1);
    expect(broker.acknowledged.size).toBe(100);
  });

  it('does not hold back those behind one that is still in hand', () => {
    const broker = new Outstanding(3);
    broker.window.settle(tagged(2));
    broker.window.settle(tagged(3));
    broker.window.flush();
    expect([...broker.acknowledged]).toEqual([2, 3]);
    broker.window.settle(tagged(1));
    broker.window.flush();
    expect([...broker.acknowledged].toSorted()).toEqual([1, 2, 3]);
  });

  it('acknowledges exactly what was settled, each once, in whatever order and turns', () => {
    const order = fc
      .shuffledSubarray(
        Array.from({ length: 30 }, (_, index) => index + 1),
        { minLength: 1 },
      )
      .chain((tags) => fc.tuple(fc.constant(tags), fc.array(fc.boolean(), { minLength: 30 })));
    fc.assert(
      fc.property(order, ([tags, flushes]) => {
        const broker = new Outstanding(30);
        const settled = new Set<number>();
        for (const [index, tag] of tags.entries()) {
          broker.window.settle(tagged(tag));
          settled.add(tag);
          if (flushes[index] === true) broker.window.flush();
          expect([...broker.acknowledged].every((one) => settled.has(one))).toBe(true);
        }
        broker.window.flush();
        expect([...broker.acknowledged].toSorted()).toEqual(tags.toSorted());
      }),
    );
  });
});
