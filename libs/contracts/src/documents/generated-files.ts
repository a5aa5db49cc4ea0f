import { readFileSync } from 'node:fs';
import { eventKeys, parseEvent } from '../catalogue.ts';
import type { EventKey } from '../catalogue.ts';
import { asyncApiDocument } from './asyncapi.ts';
import type { EventExamples } from './asyncapi.ts';
import { eventCataloguePage } from './event-catalogue.ts';
import { eventSchema } from './event-schema.ts';
import { jsonText } from './json-text.ts';
import type { JsonObject } from './json-text.ts';

/** Where the committed examples are, seen from `src/` and from `dist/` alike. */
const examplesFolder = new URL('../../examples/', import.meta.url);

/** Every generated document: its path within `docs/` and its text. The same catalogue, the same text. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const schemas = eventKeys.map(
    (key) => [`events/${key}.schema.json`, jsonText(eventSchema(key, 'draft-2020-12'))] as const,
  );
  const examples = readExamples();
  return new Map([
    ...schemas,
    ['asyncapi.json', jsonText(asyncApiDocument(examples))],
    ['events.md', eventCataloguePage(examples)],
  ]);
}

function readExamples(): EventExamples {
  return Object.fromEntries(eventKeys.map((key) => [key, readExample(key)])) as EventExamples;
}

/** @throws ContractBreach when the example is no such event: a document must not teach a wrong one */
export function readExample(key: EventKey): JsonObject {
  const example = JSON.parse(
    readFileSync(new URL(`${key}.json`, examplesFolder), 'utf8'),
  ) as JsonObject;
  parseEvent(key, example);
  return example;
}
