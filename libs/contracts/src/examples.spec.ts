import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { eventKeys, parseEvent } from './catalogue.ts';
import { eventSchema } from './documents/event-schema.ts';
import { readExample } from './documents/generated-files.ts';

// The examples are promises: a published event stays readable for ever. When one of these fails, it is
// the contract that has to give way, by a new version beside the old, never the example.

describe('the committed examples', () => {
  it('are one per event', () => {
    const files = readdirSync(new URL('../examples/', import.meta.url)).sort();
    expect(files).toEqual(eventKeys.map((key) => `${key}.json`).sort());
  });

  it('have ids of their own', () => {
    expect(new Set(eventKeys.map((key) => readExample(key)['id'])).size).toBe(eventKeys.length);
  });

  it.each(eventKeys)('%s is read whole', (key) => {
    const example = readExample(key);
    expect(parseEvent(key, example)).toEqual(example);
  });
});

describe.each(['draft-2020-12', 'draft-7'] as const)('the JSON Schema (%s)', (draft) => {
  it.each(eventKeys)('of %s accepts the example, and nothing that lacks a field', (key) => {
    const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(eventSchema(key, draft))));
    const example = readExample(key);
    expect(schema.safeParse(example).error).toBeUndefined();
    expect(schema.safeParse({ ...example, addedLater: true }).success).toBe(true);
    for (const field of Object.keys(example)) {
      expect(schema.safeParse(without(example, field)).success).toBe(false);
    }
    for (const field of Object.keys(Object(example['data']))) {
      const data = without(Object(example['data']), field);
      expect(schema.safeParse({ ...example, data }).success).toBe(false);
    }
  });
});

function without(object: object, field: string): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
}
