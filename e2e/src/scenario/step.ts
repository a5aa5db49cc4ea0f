import type { ServiceName } from '@onepoint/contracts';
import type { Json } from '../running/doors.ts';

/** One call of a scenario and what must come of it. */
export interface Step {
  /** What happens, as a sentence. */
  readonly say: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly service: ServiceName;
  readonly path: string;
  /** As the clients send it, sign by sign. */
  readonly json?: Json;
  readonly status: number;
  /** What the answer must have, among other things. */
  readonly has?: Json;
  /** What else must be true of it. */
  readonly isMet?: (body: Json) => boolean;
  /** It is made from events: asked again until it is so, or patience ends. */
  readonly eventually?: boolean;
}

const MINUTE_MS = 60_000;
const SEOUL_AHEAD_MS = 9 * 60 * MINUTE_MS;

/** The month in Seoul, `YYYYMM`: deals of now are settled in it. */
export function monthOf(instant: Date): string {
  return new Date(instant.getTime() + SEOUL_AHEAD_MS).toISOString().slice(0, 7).replace('-', '');
}
