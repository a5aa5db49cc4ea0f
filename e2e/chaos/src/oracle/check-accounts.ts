import type { Accuse, EntryRow, Facts } from './facts.ts';

/** P1: a balance is the sum of its ledger, line by line, and only a saveCancel takes it below zero. */
export function checkAccounts({ accounts, entries }: Facts, accuse: Accuse): void {
  const byMember = Map.groupBy(
    entries.filter(({ sequence }) => sequence !== null),
    ({ member_id }) => member_id,
  );
  for (const account of accounts) {
    const history = (byMember.get(account.member_id) ?? []).toSorted(
      (a, b) => a.sequence! - b.sequence!,
    );
    const sum = history.reduce((total, { delta }) => total + delta, 0);
    if (sum !== account.balance) {
      accuse('P1', 'the balance is not the sum of the ledger', { ...account, sum });
    }
    checkChain(history, account.sequence, accuse);
  }
  const known = new Set(accounts.map(({ member_id }) => member_id));
  for (const entry of entries) {
    if (entry.delta !== 0 && !known.has(entry.member_id)) {
      accuse('P1', 'points moved on an account that does not exist', entry);
    }
    if (entry.delta !== 0 && entry.outcome !== 'applied') {
      accuse('P1', 'a line that is not applied moved points', entry);
    }
  }
}

function checkChain(history: readonly EntryRow[], last: number, accuse: Accuse): void {
  let balance = 0;
  let before = history[0] === undefined ? 0 : history[0].sequence! - 1;
  for (const entry of history) {
    balance += entry.delta;
    if (entry.balance_after !== balance) {
      accuse('P1', 'a line says another balance than its history', { ...entry, balance });
    }
    if (entry.sequence !== before + 1) accuse('P1', 'the history has a gap', { ...entry, before });
    before = entry.sequence!;
    if (balance < 0 && entry.delta < 0 && entry.kind !== 'saveCancel') {
      accuse('P1', 'something else than a saveCancel went below zero', entry);
    }
  }
  if (history.length > 0 && before !== last) {
    accuse('P1', "the account's sequence is not its last line's", { ...history.at(-1), last });
  }
}

/** P5: whoever has joined has an account, and whoever has left has a closed and empty one. */
export function checkMembers({ members, accounts, shownMembers }: Facts, accuse: Accuse): void {
  const account = new Map(accounts.map((row) => [row.member_id, row]));
  const shown = new Map(shownMembers.map((row) => [row.member_id, row]));
  for (const { id, status } of members) {
    const own = account.get(id);
    if (own === undefined) accuse('P5', 'a member has no account', { id, status });
    else if ((own.status === 'closed') !== (status === 'withdrawn')) {
      accuse('P5', 'an account is open or closed other than its member', {
        member: status,
        ...own,
      });
    } else if (own.status === 'closed' && own.balance !== 0) {
      accuse('P5', 'a closed account is not empty', own);
    }
    const seen = shown.get(id);
    if (seen === undefined || seen.joined_at === null) {
      accuse('P4', 'the dashboard does not know a member', { id });
    } else if ((seen.withdrawn_at !== null) !== (status === 'withdrawn')) {
      accuse('P4', 'the dashboard shows another status of a member', { status, ...seen });
    }
  }
  const joined = new Set(members.map(({ id }) => id));
  for (const row of accounts) {
    if (!joined.has(row.member_id)) accuse('P4', 'an account belongs to nobody', row);
  }
}
