import type { Message } from '../running/doors.ts';
import { brokenBodies } from './broken-bodies.ts';
import type { BadRequest } from './refusals.ts';
import { addressOf } from './route.ts';
import type { Kind, Route } from './route.ts';
import { WRONG_IN_ADDRESS, WRONG_IN_JSON } from './wrong-values.ts';

const NO_PATHS = ["1'--", '../../etc/passwd', '..%2f..%2f', '1;drop table member', '\u0000', '💥'];
const NOBODY: Partial<Record<Kind, string>> = { month: '209901', 'key id': '0123456789abcdef' };
const NO_KEYS = ['x'.repeat(256), 'tab\tkey', 'é'];

/** Every field with every wrong value, one at a time. */
export function wrongFields({ bodies = [] }: Route): BadRequest[] {
  return bodies.flatMap(({ good, fields }) =>
    Object.entries(fields).flatMap(([field, kind]) =>
      WRONG_IN_JSON[kind].map((value) => ({
        what: `${field}: ${JSON.stringify(value)}`,
        message: { json: { ...good, [field]: value } },
        statuses: [400],
        field,
      })),
    ),
  );
}

/** Without each field that is needed. */
export function missingFields({ bodies = [] }: Route): BadRequest[] {
  return bodies.flatMap(({ good, required }) =>
    required.map((field) => {
      const { [field]: _, ...rest } = good;
      return { what: `without ${field}`, message: { json: rest }, statuses: [400] };
    }),
  );
}

/** Bodies that are wrong as a whole. */
export function wrongBodies({ bodies = [] }: Route): BadRequest[] {
  return bodies.flatMap((body) =>
    brokenBodies(body).map(({ what, message, status }) => ({ what, message, statuses: [status] })),
  );
}

/** Parameters that are none, and those of nobody. */
export function wrongAddresses(route: Route): BadRequest[] {
  const good = route.bodies?.[0]?.good;
  const message: Message = good === undefined ? {} : { json: good };
  return Object.entries(route.params ?? {}).flatMap(([param, kind]) => {
    const at = (value: string, statuses: number[]): BadRequest => ({
      what: `${param} ${value}`,
      path: addressOf(route, { [param]: encodeURIComponent(value) }),
      message,
      statuses,
    });
    return [
      ...[...WRONG_IN_ADDRESS[kind], ...NO_PATHS].map((value) => at(value, [400, 404])),
      at(NOBODY[kind] ?? '999999999', [404]),
    ];
  });
}

/** Every query with every wrong value, twice, as a list; and one that nobody knows. */
export function wrongQueries(route: Route): BadRequest[] {
  const queries = Object.entries(route.query ?? {}).flatMap(([name, kind]) => [
    ...WRONG_IN_ADDRESS[kind].map((value) => `${name}=${encodeURIComponent(value)}`),
    `${name}=1&${name}=2`,
    `${name}[]=1`,
  ]);
  return [...queries, 'surprise=1'].map((query) => ({
    what: query,
    path: withQuery(route, query),
    statuses: [400],
  }));
}

/** Idempotency keys that are none. */
export function wrongKeys({ bodies }: Route): BadRequest[] {
  const json = bodies?.[0]?.good ?? {};
  return NO_KEYS.map((key) => ({
    what: `key ${key}`,
    message: { json, headers: { 'idempotency-key': key } },
    statuses: [400],
  }));
}

/** The route's address with a query, beside those that it needs. */
function withQuery(route: Route, query: string): string {
  const [path, needed] = addressOf(route, {}).split('?');
  const all = new URLSearchParams(needed);
  for (const name of new URLSearchParams(query).keys()) all.delete(name);
  return `${path}?${[all.toString(), query].filter((part) => part !== '').join('&')}`;
}
