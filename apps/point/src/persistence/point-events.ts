import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { PointFact } from '../domain/ledger-plan.ts';

/** A domain fact in the words of the contracts. */
export function eventOfFact(told: PointFact): NewEvent {
  switch (told.fact) {
    case 'opened':
      return newEvent('point.account-opened.v1', {
        subject: `point/${told.account.memberId}`,
        sequence: told.account.sequence,
        occurredAt: told.at,
        data: { memberId: told.account.memberId, openedAt: new Date(told.at).toISOString() },
      });
    case 'changed': {
      const { entry } = told;
      return newEvent('point.changed.v1', {
        subject: `point/${entry.memberId}`,
        sequence: entry.sequence ?? 0,
        occurredAt: entry.decidedAt,
        data: {
          memberId: entry.memberId,
          dealId: entry.causeId,
          kind: entry.kind === 'extinguish' ? 'reversal' : entry.kind,
          outcome: entry.outcome === 'applied' ? 'applied' : 'void',
          reason: entry.reason,
          delta: entry.delta,
          balance: entry.balanceAfter,
          changedAt: new Date(entry.decidedAt).toISOString(),
        },
      });
    }
    case 'waiting': {
      const { change, reason } = told.waiting;
      return newEvent('point.changed.v1', {
        subject: `point/${change.memberId}`,
        // Not a part of the account's history: it has no place in its sequence.
        sequence: 0,
        occurredAt: told.at,
        data: {
          memberId: change.memberId,
          dealId: change.dealId,
          kind: change.kind,
          outcome: 'waiting',
          reason,
          delta: 0,
          balance: null,
          changedAt: new Date(told.at).toISOString(),
        },
      });
    }
    case 'extinguished':
      return newEvent('point.extinguished.v1', {
        subject: `point/${told.account.memberId}`,
        sequence: told.account.sequence,
        occurredAt: told.at,
        data: {
          memberId: told.account.memberId,
          point: told.point,
          extinguishedAt: new Date(told.at).toISOString(),
        },
      });
    default: {
      const unknown: never = told;
      throw new TypeError(`unknown fact: ${JSON.stringify(unknown)}`);
    }
  }
}
