import type { Desk } from '../load/desk.ts';
import type { EntryRow, Facts } from '../oracle/facts.ts';
import { readFacts } from '../oracle/read-facts.ts';
import type { Checks } from './stage.ts';
import { readPoints } from './till.ts';

/** Whatever was in flight: the account is closed and empty, and so it is shown. */
export async function checkLeavers(
  desk: Desk,
  members: readonly number[],
  checks: Checks,
): Promise<void> {
  const { accounts, entries } = await factsOf(desk);
  const accountOf = new Map(accounts.map((account) => [account.member_id, account]));
  const sums = new Map<number, number>();
  for (const { member_id, delta } of entries) {
    sums.set(member_id, (sums.get(member_id) ?? 0) + delta);
  }
  let empty = 0;
  let shown = 0;
  for (const member of members) {
    const account = accountOf.get(member);
    const isEmpty = account?.status === 'closed' && account.balance === 0;
    if (isEmpty && (sums.get(member) ?? 0) === 0) empty += 1;
    const { answer } = await readPoints(desk, member);
    if (answer?.['status'] === 'closed' && answer['available'] === 0) shown += 1;
  }
  const all = members.length;
  checks.expect('accounts closed, empty, their ledgers sum up to 0', empty === all, empty);
  checks.expect('accounts shown so', shown === all, shown);
}

/** Debits that nobody heard of are given back, and extinguished where the account was closed meanwhile. */
export async function checkLostDebits(
  desk: Desk,
  members: readonly number[],
  checks: Checks,
): Promise<void> {
  const { entries, deals } = await factsOf(desk);
  const own = entries.filter(({ member_id }) => members.includes(member_id));
  const causes = (cause: string): EntryRow[] => own.filter((entry) => entry.cause === cause);
  const reversed = new Map(causes('reversal').map((entry) => [entry.cause_id, entry]));
  const forfeited = new Map(causes('forfeiture').map((entry) => [entry.cause_id, entry]));
  const failed = deals.filter(
    ({ type, status, member_id }) =>
      type === 'use' && status === 'fail' && members.includes(member_id),
  );
  const debits = causes('deal').filter(({ kind, delta }) => kind === 'use' && delta < 0);
  const undone = debits.filter(({ cause_id, delta }) => reversed.get(cause_id)?.delta === -delta);
  const told = `${debits.length} of ${failed.length} failed uses`;
  checks.expect('failed uses that were debited all the same', debits.length > 0, told);
  checks.expect('of them given back', undone.length === debits.length, undone.length);
  const wrong = [...forfeited.values()].filter(
    ({ cause_id, delta }) => reversed.get(cause_id)?.delta !== -delta,
  );
  checks.expect(
    'given back to a closed account, and extinguished',
    forfeited.size > 0,
    forfeited.size,
  );
  checks.expect('extinguished otherwise than given back', wrong.length === 0, wrong.length);
}

/** A cancel of a member who left moves no point, and is settled for its merchant. */
export async function checkCancels(
  desk: Desk,
  cancels: readonly number[],
  checks: Checks,
): Promise<void> {
  const facts = await factsOf(desk);
  checkVoid(facts, cancels, 'cancels', checks);
  const deals = new Map(facts.deals.map((deal) => [deal.id, deal]));
  const settledThrough = new Map(facts.billings.map((row) => [row.id, row.settled_through]));
  const lines = new Map(facts.lines.map((line) => [line.deal_id, line]));
  const settled = cancels.filter((id) => {
    const [line, deal] = [lines.get(id), deals.get(id)];
    return (
      line !== undefined &&
      line.point === deal?.point &&
      line.type === deal.type &&
      line.place <= (settledThrough.get(line.billing_id) ?? 0) &&
      deal.billing_status === 'yes'
    );
  });
  const types = cancels.map((id) => deals.get(id)?.type);
  const uses = types.filter((type) => type === 'useCancel').length;
  const told = `${settled.length}: ${uses} of uses, ${types.length - uses} of saves`;
  checks.expect('cancels settled for the merchant', settled.length === cancels.length, told);
}

/** A save for a member who left moves no point. */
export async function checkSavesAfter(
  desk: Desk,
  saves: readonly number[],
  checks: Checks,
): Promise<void> {
  checkVoid(await factsOf(desk), saves, 'saves', checks);
}

function checkVoid(facts: Facts, ids: readonly number[], what: string, checks: Checks): void {
  const wanted = new Set(ids);
  const good = new Set(
    facts.deals
      .filter(({ id, status, point_status }) => {
        return wanted.has(id) && status === 'success' && point_status === 'void';
      })
      .map(({ id }) => id),
  );
  const entries = facts.entries.filter(
    ({ cause, cause_id, outcome, reason, delta }) =>
      cause === 'deal' &&
      good.has(cause_id) &&
      outcome === 'void' &&
      reason === 'MEMBER_WITHDRAWN' &&
      delta === 0,
  );
  const isRight = entries.length === ids.length && ids.length > 0;
  checks.expect(`${what} of members who left are void in the end`, isRight, entries.length);
}

const factsOf = ({ system }: Desk): Promise<Facts> =>
  readFacts(system.databaseUrl, system.databasePrefix);
