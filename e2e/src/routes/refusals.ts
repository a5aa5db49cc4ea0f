import { problem } from '@onepoint/contracts';
import type { Answer, Doors, Message } from '../running/doors.ts';
import { addressOf, nameOf } from './route.ts';
import type { Route } from './route.ts';

/** A request that must be refused, and how. */
export interface BadRequest {
  readonly what: string;
  /** The address; the route's own with good parameters when left out. */
  readonly path?: string;
  readonly message?: Message;
  readonly statuses: readonly number[];
  /** The field that the problem must name. */
  readonly field?: string;
}

/** Parameters of things that exist in every life of these tests. */
export function goodParamsOf({ service, path }: Route): Record<string, string> {
  return service === 'deal' && path.startsWith('/merchants') ? { id: '20' } : {};
}

/** Sends bad requests to one route, and collects every answer that is not the refusal that is due. */
export async function notRefused(
  doors: Doors,
  route: Route,
  requests: readonly BadRequest[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { what, path, message, statuses, field } of requests) {
    const address = path ?? addressOf(route, goodParamsOf(route));
    const answer = await doors.ask(route.service, route.method, address, message);
    const why = wrongWith(answer, statuses, field);
    if (why !== null) wrong.push(`${nameOf(route)}, ${what.slice(0, 80)}: ${why}`);
  }
  return wrong;
}

/** What keeps an answer from being the coded problem that is due; null when nothing does. */
export function wrongWith(
  { status, headers, body }: Answer,
  statuses: readonly number[],
  field?: string,
): string | null {
  const said = `${status} ${JSON.stringify(body).slice(0, 300)}`;
  if (!statuses.includes(status)) return said;
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `not a problem: ${said}`;
  if (!problem.safeParse(body).success || body['status'] !== status) return `malformed: ${said}`;
  if (!/^[A-Z][A-Z_]+$/.test(String(body['code']))) return `no code: ${said}`;
  if (headers.get('x-request-id') === null) return `no request id: ${said}`;
  if (field === undefined) return null;
  const errors = (body['errors'] ?? []) as { path: string }[];
  return errors.some(({ path }) => path.split('.')[0] === field) ? null : `not named: ${said}`;
}
