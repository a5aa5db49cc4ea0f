/**
 * What a proxy does to the connections through it. Shares are from 0 to 1, of requests or answers:
 *
 * - `delay`: each piece of an answer comes late, by the mean plus or minus the spread;
 * - `cutRequests`: the connection breaks before the request is handed on;
 * - `cutAnswers`: the request was processed, then the connection breaks instead of the answer;
 * - `dropAnswers`: the same, but the connection stays open and says nothing more;
 * - `blackHole`: nothing goes through in either direction, and nothing breaks;
 * - `refuse`: old connections break, new ones are not taken.
 */
export type Disturbance =
  | { readonly kind: 'none' }
  | { readonly kind: 'delay'; readonly meanMs: number; readonly spreadMs: number }
  | { readonly kind: 'cutRequests'; readonly share: number }
  | { readonly kind: 'cutAnswers'; readonly share: number }
  | { readonly kind: 'dropAnswers'; readonly share: number }
  | { readonly kind: 'blackHole' }
  | { readonly kind: 'refuse' };

/** What becomes of one piece of data. */
export type Fate =
  | { readonly kind: 'pass'; readonly afterMs: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drop' };

const PASS: Fate = { kind: 'pass', afterMs: 0 };

/** Decides over one piece of data. @param draw from 0 (inclusive) to 1 (exclusive) */
export function fateOf(
  disturbance: Disturbance,
  direction: 'request' | 'answer',
  draw: () => number,
): Fate {
  const isAnswer = direction === 'answer';
  switch (disturbance.kind) {
    case 'none':
      return PASS;
    case 'delay': {
      if (!isAnswer) return PASS;
      const { meanMs, spreadMs } = disturbance;
      return { kind: 'pass', afterMs: meanMs + (draw() * 2 - 1) * spreadMs };
    }
    case 'cutRequests':
      return !isAnswer && draw() < disturbance.share ? { kind: 'cut' } : PASS;
    case 'cutAnswers':
      return isAnswer && draw() < disturbance.share ? { kind: 'cut' } : PASS;
    case 'dropAnswers':
      return isAnswer && draw() < disturbance.share ? { kind: 'drop' } : PASS;
    case 'blackHole':
      return { kind: 'drop' };
    case 'refuse':
      return { kind: 'cut' };
    default:
      return disturbance satisfies never;
  }
}
