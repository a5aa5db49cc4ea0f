import type { Attempt } from '../load/history.ts';
import type { Accuse, DealRow, Facts } from './facts.ts';

/** P3: what was answered is what is there, and a key made at most one effective deal. (And P14's 503.) */
export function checkAnswers(facts: Facts, attempts: readonly Attempt[], accuse: Accuse): void {
  const deals = new Map(facts.deals.map((deal) => [deal.id, deal]));
  const members = new Map(facts.members.map((member) => [member.id, member]));
  const runs = new Set(facts.runs.map(({ id }) => id));
  for (const attempt of attempts) {
    const { intent, end, answer } = attempt;
    if (end === 'failed') checkFailed(attempt, deals, accuse);
    if (attempt.status === 500) accuse('P3', 'an answer was 500', attempt);
    if (attempt.status === 503) checkRetryAfter(attempt, accuse);
    if (end !== 'ok' || answer === null) continue;
    switch (intent) {
      case 'signUp':
      case 'withdraw': {
        const member = members.get(Number(answer['id']));
        const isLeft = member?.status === 'withdrawn';
        if (member === undefined || (intent === 'withdraw' && !isLeft)) {
          accuse('P3', `an answered ${intent} is not there`, { attempt, member });
        }
        break;
      }
      case 'save':
      case 'use':
      case 'cancelById':
      case 'cancelNewest':
        checkDeal(attempt, deals, accuse);
        break;
      case 'takeBack':
        checkTakenBack(attempt, attempts, facts.deals, accuse);
        break;
      case 'settle':
        for (const run of answer['runs'] as { id: number }[]) {
          if (!runs.has(run.id)) accuse('P3', 'an answered run is not there', attempt);
        }
        break;
      case 'read':
        if (Number(answer['available'] ?? 0) < 0) accuse('P1', 'available is negative', attempt);
        break;
      default:
        intent satisfies never;
    }
  }
  checkKeys(attempts, accuse);
  checkOrigins(facts, attempts, accuse);
}

/** P14: who is sent away is told when to come back, in whole seconds from 1. */
function checkRetryAfter(attempt: Attempt, accuse: Accuse): void {
  if (/^[1-9]\d*$/.test(attempt.retryAfter ?? '')) return;
  accuse('P14', 'a 503 does not say when to come back', attempt);
}

function checkFailed(attempt: Attempt, deals: Map<number, DealRow>, accuse: Accuse): void {
  const deal = deals.get(Number(attempt.answer?.['dealId']));
  if (deal?.status !== 'fail') {
    accuse('P3', 'a deal that was answered 503 has not failed', { attempt, deal });
  }
}

function checkDeal(attempt: Attempt, deals: Map<number, DealRow>, accuse: Accuse): void {
  const { answer } = attempt;
  const deal = deals.get(Number(answer?.['id']));
  const isSame =
    deal !== undefined &&
    deal.status === answer?.['status'] &&
    deal.type === answer['type'] &&
    deal.point === answer['point'] &&
    deal.member_id === answer['memberId'] &&
    deal.fail_reason === answer['failReason'];
  if (!isSame) accuse('P3', 'an answered deal is not there as answered', { attempt, deal });
  const said = answer?.['pointStatus'];
  if ((said === 'applied' || said === 'void') && said !== deal?.point_status) {
    accuse('P3', 'an answered pointStatus did not stay', { attempt, deal });
  }
}

/** Of what was asked for under a key that was taken back, nothing stands uncancelled. */
function checkTakenBack(
  { body }: Attempt,
  attempts: readonly Attempt[],
  deals: readonly DealRow[],
  accuse: Accuse,
): void {
  const own = attempts.filter(({ key }) => key === body?.['idempotencyKey']);
  const amounts = new Set(own.map((attempt) => Number(attempt.body?.['dealAmount'])));
  for (const deal of deals) {
    const isOwn = deal.original_deal_id === null && amounts.has(deal.deal_amount);
    if (isOwn && deal.status === 'success' && deal.cancelled_by_deal_id === null) {
      accuse('P3', 'a deal stands that its terminal took back', { deal, own });
    }
  }
}

/** All answers under one key name the same deal. */
function checkKeys(attempts: readonly Attempt[], accuse: Accuse): void {
  const named = new Map<string, Attempt>();
  for (const attempt of attempts) {
    const { key, end, answer } = attempt;
    if (key === null || end !== 'ok' || answer === null) continue;
    const first = named.get(key);
    if (first === undefined) named.set(key, attempt);
    else if (first.answer?.['id'] !== answer['id']) {
      accuse('P3', 'two answers under one key name different deals', { first, attempt });
    }
  }
}

/** Each operation has an amount of its own: by it a deal is traced to who asked for it. */
function checkOrigins({ deals }: Facts, attempts: readonly Attempt[], accuse: Accuse): void {
  const asked = attempts.filter(({ intent }) => intent === 'save' || intent === 'use');
  const byAmount = Map.groupBy(asked, ({ body }) => Number(body?.['dealAmount']));
  const made = deals.filter(({ type }) => type === 'save' || type === 'use');
  for (const [amount, own] of Map.groupBy(made, ({ deal_amount }) => deal_amount)) {
    const requests = byAmount.get(amount) ?? [];
    const operations = new Set(requests.map(({ operation }) => operation)).size;
    const effective = own.filter(({ status }) => status === 'success').length;
    if (effective > operations) {
      accuse('P3', 'one operation made several effective deals', { own, requests });
    }
    if (own.length > requests.length) accuse('P3', 'a deal that nobody asked for', own);
  }
}
