import type { ServiceName } from '@onepoint/contracts';
import type { Json } from '../running/doors.ts';

/** Who may be let in, in the words of api.md. */
export type Admitted =
  | 'merchant'
  | 'service'
  | 'operator:members'
  | 'operator:merchants'
  | 'operator:settlement'
  | 'operator:dashboard';

/** What a field holds; wrong values are known for each kind. */
export type Kind =
  /** A whole number from 1. */
  | 'id'
  /** A whole number from 0. */
  | 'amount'
  | 'basis points'
  | 'text'
  | 'text or null'
  | 'one word of several'
  | 'month'
  | 'limit'
  | 'cursor'
  | 'instant'
  | 'day'
  | 'phone'
  | 'key id'
  | 'idempotency key'
  | 'place in a list';

/** A body that is accepted, and what each of its fields is. */
export interface Body {
  readonly good: Json;
  readonly fields: Readonly<Record<string, Kind>>;
  /** Fields without which it is refused. */
  readonly required: readonly string[];
  /** The code with which even this is refused as long as nothing has been prepared for it. */
  readonly refusedAs?: string;
}

/** One public operation of a service: what it takes, and whom it lets in. */
export interface Route {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As in the OpenAPI document. */
  readonly path: string;
  readonly allow: readonly Admitted[];
  readonly params?: Readonly<Record<string, Kind>>;
  readonly query?: Readonly<Record<string, Kind>>;
  /** Queries without which it is refused, with a good value. */
  readonly needs?: Readonly<Record<string, string>>;
  readonly bodies?: readonly Body[];
  readonly takesIdempotencyKey?: boolean;
}

export const nameOf = ({ service, method, path }: Route): string => `${service} ${method} ${path}`;

/** The address with every parameter in it: the given ones, otherwise 1. */
export function addressOf(
  { path, needs }: Route,
  params: Readonly<Record<string, string>>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '1');
  const query = new URLSearchParams(needs).toString();
  return query === '' ? filled : `${filled}?${query}`;
}
