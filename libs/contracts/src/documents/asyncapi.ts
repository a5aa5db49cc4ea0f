import { eventCatalogue, eventKeys } from '../catalogue.ts';
import type { EventKey } from '../catalogue.ts';
import { eventSchema } from './event-schema.ts';
import type { JsonObject } from './json-text.ts';

/** One whole message per event, to show what it looks like. */
export type EventExamples = Readonly<Record<EventKey, JsonObject>>;

const exchange = 'onepoint.events';

const speakers = new Set(eventKeys.map((key) => eventCatalogue[key].source));

const description = `Every event that the five services of OnePoint say, on one durable topic exchange.

The exchange is \`${exchange}\`; another prefix than \`onepoint\` can be set with EVENTS_NAMESPACE.
The routing key is the event's key. Messages are plain JSON, persistent, and delivered at least once
and in no promised order: \`id\` tells a repetition, \`sequence\` tells old from new within a \`subject\`.
Many events of one key that are said at the same moment come as one JSON array of such payloads, with
the header \`x-events\`; EVENTS_PER_MESSAGE_MAX=1 sends each alone.
Readers ignore fields that they do not know; a breaking change is a new version beside the old.`;

/** The AsyncAPI 3 document of the catalogue. */
export function asyncApiDocument(examples: EventExamples): JsonObject {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'OnePoint events',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: [...speakers].map((name) => ({ name, description: `said by ${name}` })),
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: '{host}',
        protocol: 'amqp',
        description: 'RabbitMQ, as RABBITMQ_URL says',
        variables: { host: { default: '127.0.0.1:5672' } },
      },
    },
    channels: byKey(channel),
    operations: byKey(operation),
    components: {
      messages: byKey((key) => message(key, examples[key])),
      messageTraits: { traced },
    },
  };
}

function byKey(describe: (key: EventKey) => JsonObject): JsonObject {
  return Object.fromEntries(eventKeys.map((key) => [key, describe(key)]));
}

function channel(key: EventKey): JsonObject {
  return {
    address: key,
    description: eventCatalogue[key].meaning,
    messages: { [key]: { $ref: `#/components/messages/${key}` } },
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false, vhost: '/' },
        bindingVersion: '0.3.0',
      },
    },
  };
}

function operation(key: EventKey): JsonObject {
  const { source } = eventCatalogue[key];
  return {
    action: 'send',
    title: `${source} says ${key}`,
    channel: { $ref: `#/channels/${key}` },
    messages: [{ $ref: `#/channels/${key}/messages/${key}` }],
    tags: [{ name: source }],
    bindings: { amqp: { deliveryMode: 2, mandatory: true, bindingVersion: '0.3.0' } },
  };
}

function message(key: EventKey, example: JsonObject): JsonObject {
  const { aggregate, meaning } = eventCatalogue[key];
  return {
    name: key,
    title: key,
    summary: meaning,
    description: `Its subject is \`${aggregate}/{id}\`.`,
    contentType: 'application/json',
    correlationId: { location: '$message.payload#/correlationId' },
    traits: [{ $ref: '#/components/messageTraits/traced' }],
    payload: eventSchema(key, 'draft-7'),
    examples: [{ name: key, payload: example }],
  };
}

const traced: JsonObject = {
  headers: {
    type: 'object',
    properties: {
      traceparent: { type: 'string', description: 'W3C trace context of what caused the event' },
    },
  },
};
