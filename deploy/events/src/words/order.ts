import { parseArgs } from 'node:util';
import { eventKeys, isEventKey, serviceNames } from '@onepoint/contracts';
import type { EventKey, ServiceName } from '@onepoint/contracts';

/** Which messages are meant. */
export type Choice = { readonly ids: readonly string[] } | 'all';

/** Where a replay begins: a position of one journal, or an instant (epoch milliseconds). */
export type ReplayStart = { readonly after: number } | { readonly since: number };

/** What was asked for. */
export type Order =
  | { readonly order: 'help' }
  | { readonly order: 'status' }
  | { readonly order: 'dead list'; readonly service: ServiceName; readonly limit: number }
  | {
      readonly order: 'dead show';
      readonly service: ServiceName;
      readonly id: string;
      readonly limit: number;
    }
  | {
      readonly order: 'dead retry' | 'dead drop';
      readonly service: ServiceName;
      readonly choice: Choice;
      readonly limit: number;
    }
  | {
      readonly order: 'replay';
      readonly service: ServiceName;
      readonly start: ReplayStart;
      /** null: those that say what the service hears. */
      readonly sources: readonly ServiceName[] | null;
      /** null: all that the service hears. */
      readonly types: readonly EventKey[] | null;
      readonly isDry: boolean;
    }
  | { readonly order: 'rebuild dashboard'; readonly evenIncomplete: boolean }
  | {
      readonly order: 'rebuild dashboard abort' | 'rebuild dashboard drop-old' | 'rebuild billing';
    };

/** The words make no order; the message says why. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

const LIMIT_DEFAULT = 500;
const LIMIT_MAX = 10_000;

const options = {
  service: { type: 'string' },
  from: { type: 'string' },
  source: { type: 'string' },
  types: { type: 'string' },
  limit: { type: 'string', default: String(LIMIT_DEFAULT) },
  all: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  incomplete: { type: 'boolean', default: false },
  abort: { type: 'boolean', default: false },
  'drop-old': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof wordsOf>['values'];

/** Reads the words of the command line. @throws NotUnderstood */
export function readOrder(words: readonly string[]): { order: Order; isJson: boolean } {
  const { values, positionals } = wordsOf(words);
  const [first = 'help', second, ...rest] = positionals;
  const isJson = values.json;
  if (values.help || first === 'help') return { order: { order: 'help' }, isJson };
  switch (first) {
    case 'status':
      return { order: { order: 'status' }, isJson };
    case 'dead':
      return { order: deadOrder(second, rest, values), isJson };
    case 'replay':
      return { order: replayOrder(values), isJson };
    case 'rebuild':
      return { order: rebuildOrder(second, values), isJson };
    default:
      throw new NotUnderstood(`there is no command ${first}`);
  }
}

function wordsOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new NotUnderstood(error instanceof Error ? error.message : String(error));
  }
}

function deadOrder(verb: string | undefined, ids: readonly string[], values: Values): Order {
  const service = serviceOf(values.service);
  const limit = limitOf(values.limit);
  switch (verb) {
    case 'list':
      return { order: 'dead list', service, limit };
    case 'show': {
      const [id] = ids;
      if (id === undefined || ids.length > 1) throw new NotUnderstood('dead show takes one id');
      return { order: 'dead show', service, id, limit };
    }
    case 'retry':
    case 'drop':
      return { order: `dead ${verb}`, service, choice: choiceOf(ids, values.all), limit };
    default:
      throw new NotUnderstood('dead takes list, show, retry or drop');
  }
}

function replayOrder({ service, from, source, types, 'dry-run': isDry }: Values): Order {
  const sources = source === undefined ? null : source.split(',').map(serviceOf);
  const start = startOf(from);
  if ('after' in start && sources?.length !== 1) {
    throw new NotUnderstood('a position is one of one journal: name it with --source');
  }
  return {
    order: 'replay',
    service: serviceOf(service),
    ...{ start, sources, isDry },
    types: types === undefined ? null : types.split(',').flatMap(keysOf),
  };
}

function rebuildOrder(what: string | undefined, values: Values): Order {
  if (what === 'billing') return { order: 'rebuild billing' };
  if (what !== 'dashboard') throw new NotUnderstood('rebuild takes dashboard or billing');
  if (values.abort) return { order: 'rebuild dashboard abort' };
  if (values['drop-old']) return { order: 'rebuild dashboard drop-old' };
  return { order: 'rebuild dashboard', evenIncomplete: values.incomplete };
}

function choiceOf(ids: readonly string[], isAll: boolean): Choice {
  if (isAll === ids.length > 0) throw new NotUnderstood('name the ids, or say --all');
  return isAll ? 'all' : { ids };
}

function serviceOf(name: string | undefined): ServiceName {
  const service = serviceNames.find((each) => each === name?.trim());
  if (service === undefined) {
    throw new NotUnderstood(`a service is one of ${serviceNames.join(', ')}`);
  }
  return service;
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
    throw new NotUnderstood(`--limit is 1 to ${LIMIT_MAX}`);
  }
  return limit;
}

/** A position is the first that is wanted, as it is shown; an instant may be a date alone. */
function startOf(text: string | undefined): ReplayStart {
  if (text === undefined) throw new NotUnderstood('replay needs --from');
  if (/^\d{1,15}$/.test(text)) return { after: Math.max(Number(text) - 1, 0) };
  const since = /^\d{4}-\d{2}-\d{2}(T.+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(since)) {
    throw new NotUnderstood('--from is a position, or an instant like 2026-11-23T00:00:00Z');
  }
  return { since };
}

/** A key, or a type that stands for all of its versions. */
function keysOf(text: string): EventKey[] {
  const word = text.trim();
  const keys = isEventKey(word) ? [word] : eventKeys.filter((key) => key.startsWith(`${word}.v`));
  if (keys.length === 0) throw new NotUnderstood(`there is no event ${word}`);
  return [...keys];
}
