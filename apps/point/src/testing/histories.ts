import fc from 'fast-check';
import type { PointChange } from '../domain/point-change.ts';

/** One thing that Point is told, over whatever door. */
export type Told =
  | { readonly what: 'joined' | 'withdrawn'; readonly memberId: number }
  | {
      readonly what: 'failed';
      readonly memberId: number;
      readonly dealId: number;
      readonly point: number;
    }
  | {
      readonly what: PointChange['kind'];
      readonly memberId: number;
      readonly dealId: number;
      readonly point: number;
      readonly originalDealId: number | null;
    };

/** A deal whose points are to move. */
export type ToldDeal = Extract<Told, { originalDealId: number | null }>;
type ToldMembership = Extract<Told, { what: 'joined' | 'withdrawn' }>;
type ToldFailure = Extract<Told, { what: 'failed' }>;

export function isMembership(told: Told): told is ToldMembership {
  return !('dealId' in told);
}

export function isFailure(told: Told): told is ToldFailure {
  return told.what === 'failed';
}

export function isDeal(told: Told): told is ToldDeal {
  return 'originalDealId' in told;
}

const MEMBERS = 3;

const wish = fc.record({
  what: fc.constantFrom('joined', 'save', 'save', 'use', 'use', 'cancel', 'failed', 'withdrawn'),
  member: fc.integer({ min: 1, max: MEMBERS }),
  point: fc.integer({ min: 0, max: 100 }),
  /** Which earlier deal a cancel or a failure is about. */
  about: fc.nat(50),
});

/** What could be told in some order by Deal and Member: cancels name originals, failures name uses. */
function tellingOf(
  wishes: readonly (typeof wish extends fc.Arbitrary<infer W> ? W : never)[],
): Told[] {
  const deals: ToldDeal[] = [];
  const told: Told[] = [];
  for (const [index, { what, member, point, about }] of wishes.entries()) {
    const dealId = index + 1;
    if (what === 'joined' || what === 'withdrawn') told.push({ what, memberId: member });
    if (what === 'save' || what === 'use') {
      // A save may earn nothing; a use of nothing is refused before it becomes a deal.
      const points = what === 'use' ? Math.max(point, 1) : point;
      deals.push({ what, memberId: member, dealId, point: points, originalDealId: null });
      told.push(deals.at(-1)!);
    }
    const originals = deals.filter((deal) => deal.what === 'save' || deal.what === 'use');
    const original = originals[about % Math.max(originals.length, 1)];
    if (what === 'cancel' && original !== undefined) {
      const kind = original.what === 'save' ? 'saveCancel' : 'useCancel';
      told.push({ ...original, what: kind, dealId, originalDealId: original.dealId });
    }
    const uses = originals.filter((deal) => deal.what === 'use');
    const use = uses[about % Math.max(uses.length, 1)];
    if (what === 'failed' && use !== undefined) {
      told.push({ what, memberId: use.memberId, dealId: use.dealId, point: use.point });
    }
  }
  return told;
}

/** Histories with everything in them, some of it told twice or out of order. */
export const histories: fc.Arbitrary<Told[]> = fc
  .array(wish, { maxLength: 60 })
  .map(tellingOf)
  .chain((told) =>
    fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((repeats) => {
      const messy = [...told];
      for (const [from, to] of repeats) {
        const again = told[from % Math.max(told.length, 1)];
        if (again !== undefined) messy.splice(to % (messy.length + 1), 0, again);
      }
      return messy;
    }),
  );

/** Cuts a list into pieces of random lengths; order stays. */
export function piecesOf<T>(items: readonly T[], cuts: readonly number[]): T[][] {
  const pieces: T[][] = [];
  for (let from = 0, cut = 0; from < items.length; cut += 1) {
    const length = 1 + ((cuts[cut % Math.max(cuts.length, 1)] ?? 0) % 8);
    pieces.push(items.slice(from, from + length));
    from += length;
  }
  return pieces;
}

/** The change that a told deal asks for. */
export function changeOf(told: ToldDeal): PointChange {
  const { what: kind, dealId, memberId, point, originalDealId } = told;
  return { dealId, memberId, kind, point, originalDealId };
}
