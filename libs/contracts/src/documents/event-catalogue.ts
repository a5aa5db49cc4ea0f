import { eventCatalogue, eventKeys } from '../catalogue.ts';
import type { EventKey } from '../catalogue.ts';
import type { EventExamples } from './asyncapi.ts';
import { eventSchema } from './event-schema.ts';
import { jsonText } from './json-text.ts';
import type { Json, JsonObject } from './json-text.ts';
import { markdownTable } from './markdown-table.ts';

const heading = `# Events

Everything that the five services say. This page is made from \`libs/contracts\` by \`npm run generate\`
and is checked like a test; beside it are the [JSON Schemas](events/) and the
[AsyncAPI document](asyncapi.json), made from the same catalogue.

Each event is one JSON message on the durable topic exchange \`onepoint.events\`, under its own name as
routing key. It comes at least once, sometimes twice, and in no promised order:

- \`id\` is the same when the event is delivered again.
- \`subject\` is what it happened to, and \`sequence\` grows with every event of the subject: of two, the
  higher is the newer. Gaps are no fault.
- Many events of one kind that are said at the same moment come in one message, as a JSON array of them
  (header \`x-events\`: how many). Each is to be handled as if it had come alone; where a reader cannot,
  \`EVENTS_PER_MESSAGE_MAX=1\` sends each alone.
- \`correlationId\` is common to everything that one request set off; the W3C \`traceparent\` of that
  request travels in the message's headers (of an array: \`x-traceparents\`, by comma, in its order).
- An event that was published stays readable for ever: fields are only added, and whoever reads passes
  over those that it does not know. A breaking change is a new version beside the old.
`;

/** The catalogue for people: each event with its meaning, its data and an example. */
export function eventCataloguePage(examples: EventExamples): string {
  const overview = markdownTable(
    ['event', 'said by', 'when'],
    eventKeys.map((key) => {
      const { source, meaning } = eventCatalogue[key];
      return [`[\`${key}\`](#${anchorOf(key)})`, source, meaning];
    }),
  );
  return [heading, overview, ...eventKeys.map((key) => chapter(key, examples[key]))].join('\n');
}

function chapter(key: EventKey, example: JsonObject): string {
  const { source, aggregate, meaning } = eventCatalogue[key];
  const { data } = objectOf(eventSchema(key, 'draft-2020-12')['properties']);
  const fields = Object.entries(objectOf(objectOf(data)['properties']));
  return [
    `## ${key}\n`,
    `${meaning}\n`,
    `Said by ${source}; its subject is \`${aggregate}/{id}\`. [Schema](events/${key}.schema.json)\n`,
    markdownTable(
      ['data', 'is', ''],
      fields.map(([name, schema]) => {
        const described = objectOf(schema);
        return [`\`${name}\``, kindOf(described), textOf(described['description'])];
      }),
    ),
    '```json',
    `${jsonText(example)}\`\`\`\n`,
  ].join('\n');
}

/** GitHub's anchor of a heading: lower case, without dots. */
function anchorOf(key: EventKey): string {
  return key.replaceAll('.', '');
}

/** What a value is, in a few words, from its JSON Schema. */
function kindOf(schema: JsonObject): string {
  const { type, minimum, anyOf, items, format } = schema;
  if (Array.isArray(schema['enum'])) return schema['enum'].map((word) => `\`${word}\``).join(', ');
  if (Array.isArray(anyOf)) return anyOf.map((each) => kindOf(objectOf(each))).join(' or ');
  if (type === 'array') return `list of ${kindOf(objectOf(items))}`;
  if (type === 'integer') return `whole number${typeof minimum === 'number' ? from(minimum) : ''}`;
  if (format === 'date-time') return 'instant';
  return type === 'string' ? 'text' : textOf(type);
}

function from(minimum: number): string {
  return minimum < 0 ? '' : ` from ${minimum}`;
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
