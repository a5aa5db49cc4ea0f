import { z } from 'zod';
import { eventCatalogue } from '../catalogue.ts';
import type { EventKey } from '../catalogue.ts';
import type { JsonObject } from './json-text.ts';

/** The two drafts we write: the newest for readers, and the one that AsyncAPI 3 builds on. */
export type SchemaDraft = 'draft-2020-12' | 'draft-7';

/**
 * The JSON Schema of one event's whole message. It describes what a reader must accept, so unknown fields
 * are allowed. Rules between fields (a chunk is never beyond its run's chunks) are in the zod schema alone.
 */
export function eventSchema(key: EventKey, draft: SchemaDraft): JsonObject {
  const { meaning, schema } = eventCatalogue[key];
  const { $schema, ...described } = z.toJSONSchema<z.ZodType>(schema, {
    target: draft,
    io: 'input',
  });
  const heading = { title: key, description: meaning };
  return JSON.parse(
    JSON.stringify(
      draft === 'draft-7'
        ? { ...heading, ...described }
        : { $schema, $id: `urn:onepoint:event:${key}`, ...heading, ...described },
    ),
  ) as JsonObject;
}
