import { newEvent } from '@onepoint/messaging';
import type { NewEvent } from '@onepoint/messaging';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { PointFact } from '../domain/ledger-plan.ts';
import type { Origin } from '../domain/point-change.ts';

type Told<Fact extends PointFact['fact']> = Extract<PointFact, { fact: Fact }>;

/** A domain fact in the words of the contracts. */
export function eventOfFact(told: PointFact, origin?: Origin): NewEvent {
  return { ...wordsOf(told), origin };
}

function wordsOf(told: PointFact): NewEvent {
  switch (told.fact) {
    case 'opened':
      return opened(told);
    case 'changed':
      return changed(told.entry);
    case 'waiting':
      return waiting(told);
    case 'extinguished':
      return extinguished(told);
    default: {
      const unknown: never = told;
      throw new TypeError(`unknown fact: ${JSON.stringify(unknown)}`);
    }
  }
}

function opened({ account, at }: Told<'opened'>): NewEvent {
  return newEvent('point.account-opened.v1', {
    subject: `point/${account.memberId}`,
    sequence: account.sequence,
    occurredAt: at,
    data: { memberId: account.memberId, openedAt: new Date(at).toISOString() },
  });
}

function changed(entry: LedgerEntry): NewEvent {
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

function waiting({ waiting: { change, reason }, at }: Told<'waiting'>): NewEvent {
  return newEvent('point.changed.v1', {
    subject: `point/${change.memberId}`,
    // Not a part of the account's history: it has no place in its sequence.
    sequence: 0,
    occurredAt: at,
    data: {
      memberId: change.memberId,
      dealId: change.dealId,
      kind: change.kind,
      outcome: 'waiting',
      reason,
      delta: 0,
      balance: null,
      changedAt: new Date(at).toISOString(),
    },
  });
}

function extinguished({ account, point, at }: Told<'extinguished'>): NewEvent {
  return newEvent('point.extinguished.v1', {
    subject: `point/${account.memberId}`,
    sequence: account.sequence,
    occurredAt: at,
    data: { memberId: account.memberId, point, extinguishedAt: new Date(at).toISOString() },
  });
}
