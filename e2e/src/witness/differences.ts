import type { DealView, LedgerEntryView } from '@onepoint/contracts';
import { isGranted } from './attempts.ts';
import type { Attempt, Attempts } from './attempts.ts';
import type { Facts, MemberFacts } from './facts.ts';

/** What was answered against what is: one sentence for each difference, none when all is well. */
export function differencesOf(attempts: Attempts, facts: Facts): string[] {
  return [
    ...attempts.all.flatMap((attempt) => keptWord(attempt, facts)),
    ...onceOnly(attempts, facts),
    ...[...facts.deals.values()].flatMap((deal) => endOf(deal, facts)),
    ...[...facts.members].flatMap(([id, member]) => ledgerOf(id, member, facts)),
    ...viewsOf(facts),
  ];
}

/** P3: what was answered is never lost. */
function keptWord({ wish, answer }: Attempt, { deals, members }: Facts): string[] {
  if (!isGranted(answer)) return [];
  const id = Number(answer.body['id']);
  if (wish.kind === 'join' || wish.kind === 'leave') {
    const member = members.get(id)?.member ?? null;
    if (member === null) return [`member ${id} was answered and is gone`];
    const mustHaveLeft = wish.kind === 'leave';
    return mustHaveLeft && member.status !== 'withdrawn' ? [`member ${id} is back`] : [];
  }
  const deal = deals.get(id);
  if (deal === undefined) return [`deal ${id} was answered and is gone`];
  return IMMUTABLE.filter((name) => deal[name] !== answer.body[name]).map(
    (name) => `deal ${id}: ${name} was ${String(answer.body[name])} and is ${String(deal[name])}`,
  );
}

const IMMUTABLE = [
  'memberId',
  'merchantId',
  'type',
  'dealAmount',
  'point',
  'status',
  'failReason',
  'originalDealId',
  'dealDate',
] as const;

/** P2: no wish came true twice, however often it was asked; and no deal is there that nobody wished. */
function onceOnly(attempts: Attempts, { deals }: Facts): string[] {
  const wished = new Map<string, number>();
  for (const { wish } of attempts.all) {
    if (wish.kind === 'save' || wish.kind === 'use') wished.set(`${wish.dealAmount}`, 0);
    if (wish.kind === 'cancel') wished.set(`cancel of ${wish.dealId}`, 0);
  }
  const wrong: string[] = [];
  for (const { id, originalDealId, dealAmount, failReason } of deals.values()) {
    if (attempts.foundThere.dealIds.has(id)) continue;
    const name = originalDealId === null ? `${dealAmount}` : `cancel of ${originalDealId}`;
    const before = wished.get(name);
    if (before === undefined) wrong.push(`deal ${id} was never asked for`);
    // A use that Point did not answer has failed for good; its key is free for another try.
    else if (failReason !== 'POINT_UNAVAILABLE') wished.set(name, before + 1);
  }
  for (const [name, times] of wished) {
    if (times > 1) wrong.push(`${times} deals came of one wish (${name})`);
  }
  return wrong;
}

/** P2: every deal ends, and its points have gone where they go. */
function endOf({ id, memberId, status, pointStatus }: DealView, { members }: Facts): string[] {
  if (status === 'pending') return [`deal ${id} is pending`];
  if (status === 'success' && pointStatus === 'deferred') return [`deal ${id} is deferred`];
  return members.has(memberId) ? [] : [`deal ${id} is of member ${memberId}, whom nobody knows`];
}

const SIGN = { save: 1, use: -1, saveCancel: -1, useCancel: 1 } as const;

/** P1 and P2: the balance is the sum of the ledger, and each deal is in it once. */
function ledgerOf(id: number, { account, entries }: MemberFacts, { deals }: Facts): string[] {
  if (account === null) return [`member ${id} has no account`];
  const wrong: string[] = [];
  const perDeal = new Map<number, LedgerEntryView[]>();
  let balance = 0;
  for (const [index, entry] of entries.entries()) {
    balance += entry.delta;
    if (entry.balance !== balance) wrong.push(`member ${id}: the ledger is broken at ${index}`);
    if (entry.dealId === null) continue;
    perDeal.set(entry.dealId, [...(perDeal.get(entry.dealId) ?? []), entry]);
  }
  if (account.point !== balance) wrong.push(`member ${id}: ${account.point} is not ${balance}`);
  for (const dealId of perDeal.keys()) {
    if (deals.get(dealId)?.memberId !== id) wrong.push(`member ${id}: there is no deal ${dealId}`);
  }
  for (const deal of deals.values()) {
    if (deal.memberId !== id) continue;
    const effect = effectOf(deal, perDeal.get(deal.id) ?? [], account.status === 'closed');
    if (effect !== null) wrong.push(`deal ${deal.id} (${deal.type}, ${deal.status}): ${effect}`);
  }
  return wrong;
}

/** What is wrong with the ledger entries of a deal; null when nothing is. */
function effectOf(deal: DealView, entries: LedgerEntryView[], isClosed: boolean): string | null {
  if (deal.status !== 'success') {
    const net = entries.reduce((sum, { delta }) => sum + delta, 0);
    return net === 0 ? null : `took ${net}`;
  }
  const [entry, ...more] = entries;
  if (entry === undefined || more.length > 0) return `has ${entries.length} entries`;
  if (entry.outcome === 'void') return isClosed && entry.delta === 0 ? null : 'is void';
  const due = SIGN[deal.type] * deal.point;
  return entry.delta === due ? null : `changed the balance by ${entry.delta}, not by ${due}`;
}

/** P4: every successful deal has one view, no other deal has any. */
function viewsOf({ deals, views, members }: Facts): string[] {
  const due = [...deals.values()].filter(({ status }) => status === 'success');
  const wrong: string[] = [];
  if (views.length !== due.length) wrong.push(`${views.length} views of ${due.length} deals`);
  const byId = new Map(views.map((view) => [view.id, view]));
  for (const deal of due) {
    const view = byId.get(deal.id);
    const status = members.get(deal.memberId)?.member?.status;
    const same =
      view?.memberId === deal.memberId &&
      view.merchantId === deal.merchantId &&
      view.type === deal.type &&
      view.point === deal.point &&
      view.dealDate === deal.dealDate &&
      view.billingStatus === deal.billingStatus &&
      view.memberStatus === status;
    if (!same) wrong.push(`view ${deal.id} is ${JSON.stringify(view)}`);
  }
  return wrong;
}
