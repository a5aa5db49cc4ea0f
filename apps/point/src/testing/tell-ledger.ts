import type { ChangeAnswer } from '../domain/ledger-plan.ts';
import type { FailedUse, ReversalAnswer } from '../domain/plan-reversals.ts';
import type { MembershipAnswer, MembershipChange } from '../domain/plan-memberships.ts';
import type { PointChange } from '../domain/point-change.ts';
import { changeOf, isDeal, isFailure, isMembership } from './histories.ts';
import type { Told } from './histories.ts';

type Now<T> = T | Promise<T>;

/** What a batch can be given to, in memory or in a database. */
export interface TellableLedger {
  apply(changes: readonly PointChange[]): Now<readonly ChangeAnswer[]>;
  reverse(failed: readonly FailedUse[]): Now<readonly ReversalAnswer[]>;
  changeMemberships(changes: readonly MembershipChange[]): Now<readonly MembershipAnswer[]>;
}

const doorOf = (told: Told): 'memberships' | 'reversals' | 'changes' =>
  isMembership(told) ? 'memberships' : isFailure(told) ? 'reversals' : 'changes';

/** Hands pieces of a history to the ledger: neighbours that use one door go in one batch. */
export async function tellLedger(
  ledger: TellableLedger,
  pieces: readonly (readonly Told[])[],
): Promise<string[]> {
  const said: string[] = [];
  for (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const door = doorOf(piece[from]!);
      let to = from + 1;
      while (to < piece.length && doorOf(piece[to]!) === door) to += 1;
      said.push(...(await tellBatch(ledger, piece.slice(from, to))));
      from = to;
    }
  }
  return said;
}

async function tellBatch(ledger: TellableLedger, batch: readonly Told[]): Promise<string[]> {
  const memberships = batch
    .filter(isMembership)
    .map(({ memberId, what }): MembershipChange => ({ memberId, change: what }));
  const failed = batch
    .filter(isFailure)
    .map(({ dealId, memberId, point }): FailedUse => ({ dealId, memberId, point }));
  const changes = batch.filter(isDeal).map(changeOf);
  if (memberships.length > 0) return [...(await ledger.changeMemberships(memberships))];
  if (failed.length > 0) return [...(await ledger.reverse(failed))];
  const answers = await ledger.apply(changes);
  return answers.map(({ outcome, reason }) => (reason === null ? outcome : `${outcome} ${reason}`));
}
