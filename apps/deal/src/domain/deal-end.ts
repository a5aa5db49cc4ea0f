import type { Deal, DebitFate } from './deal.ts';
import type { Origin, RequestKey } from './deal-request.ts';
import type { PointAnswer, PointUnavailable } from './point-gateway.ts';

/** How a pending use ends. */
export type DealEnd =
  | { readonly status: 'success' }
  | { readonly status: 'fail'; readonly failReason: string; readonly debit: DebitFate };

/** A pending use and the end it has come to. */
export interface EndingDeal {
  readonly deal: Deal;
  readonly end: DealEnd;
  /** The key whose answer this is; null when it came without one, or is ended by recovery. */
  readonly key: RequestKey | null;
  /** Absent: nobody's call, but recovery's. */
  readonly origin?: Origin | undefined;
}

/** What was learnt of the points of a save or cancel. */
export interface PointMark {
  readonly dealId: number;
  readonly pointStatus: 'applied' | 'deferred' | 'void';
  readonly pointReason: string | null;
}

/** What is to be noted of the points of one save or cancel: what was learnt, and how its request was answered. */
export interface PointNote {
  readonly mark: PointMark | null;
  readonly answer: { readonly key: RequestKey; readonly deal: Deal } | null;
}

/** The end of a use that Point has answered. */
export function endOfUse(answer: PointAnswer): DealEnd {
  switch (answer.outcome) {
    case 'applied':
      return { status: 'success' };
    case 'refused':
      return {
        status: 'fail',
        failReason: answer.reason ?? 'INSUFFICIENT_POINTS',
        debit: 'refused',
      };
    case 'void':
    case 'waiting':
      // A use is decided at once; anything else is no decision, and is undone like a lost answer.
      return { status: 'fail', failReason: 'POINT_UNAVAILABLE', debit: 'unknown' };
    default: {
      const unknown: never = answer.outcome;
      throw new TypeError(`unknown outcome: ${String(unknown)}`);
    }
  }
}

/** The end of a use that Point has not answered. */
export function endOfUnansweredUse({ debit }: PointUnavailable): DealEnd {
  return { status: 'fail', failReason: 'POINT_UNAVAILABLE', debit };
}

/** What Point's answer to a save or cancel says of its points. */
export function markOf(dealId: number, answer: PointAnswer): PointMark {
  switch (answer.outcome) {
    case 'applied':
      return { dealId, pointStatus: 'applied', pointReason: null };
    case 'void':
    case 'refused':
      return { dealId, pointStatus: 'void', pointReason: answer.reason };
    case 'waiting':
      return { dealId, pointStatus: 'deferred', pointReason: answer.reason };
    default: {
      const unknown: never = answer.outcome;
      throw new TypeError(`unknown outcome: ${String(unknown)}`);
    }
  }
}
