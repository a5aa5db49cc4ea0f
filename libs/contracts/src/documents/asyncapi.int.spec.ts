import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { eventCatalogue, eventKeys } from '../catalogue.ts';
import { generatedFiles } from './generated-files.ts';

const text = generatedFiles().get('asyncapi.json') ?? '';

async function faultsOf(document: string): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(document);
  return diagnostics
    .filter(({ severity }) => severity <= 1) // errors and warnings
    .map(({ code, path }) => `${code} ${path.join('.')}`);
}

describe('the AsyncAPI document', () => {
  it('is valid, without errors or warnings', async () => {
    expect(await faultsOf(text)).toEqual([]);
  });

  it.each([
    ['refers to nothing', '"$ref": "#/channels/deal.used.v1"', '"$ref": "#/channels/deal.lost.v1"'],
    ['has a wrong payload schema', '"minimum": 0', '"minimum": "none"'],
    ['does not say what an operation does', '"action": "send"', '"action": "say"'],
  ])('would be found invalid if it %s', async (_, found, planted) => {
    expect(await faultsOf(text.replaceAll(found, planted))).not.toEqual([]);
  });

  it('has every event on the topic exchange, under its key, said by its owner', async () => {
    const { document } = await new Parser().parse(text);
    const operations = document?.operations().all() ?? [];
    expect(operations).toHaveLength(eventKeys.length);
    for (const operation of operations) {
      const [channel] = operation.channels().all();
      const key = eventKeys.find((candidate) => candidate === channel?.address());
      expect(operation.isSend()).toBe(true);
      expect(channel?.bindings().get('amqp')?.value()).toMatchObject({
        is: 'routingKey',
        exchange: { name: 'onepoint.events', type: 'topic', durable: true },
      });
      expect(key && eventCatalogue[key].source).toBe(operation.tags().all()[0]?.name());
    }
  });
});
