import { isDeal, isFailure, isMembership } from './histories.ts';
import type { Told, ToldDeal } from './histories.ts';

/** What the model remembers of a member. */
interface Purse {
  points: number;
  isClosed: boolean;
}

/**
 * The rules of accounts told once more, as simply as possible, to compare the ledger with: one thing
 * after the other, no batches, no entries, no plans. It shares no code with the domain.
 */
export class AccountModel {
  readonly purses = new Map<number, Purse>();
  /** What became of each deal: the points it moved, or a word for why it moved none. */
  readonly deals = new Map<number, { moved: number; said: string }>();
  readonly undone = new Set<number>();

  /** Answers what the ledger must answer. */
  tell(told: Told): string {
    if (isDeal(told)) return this.change(told);
    if (isFailure(told)) return this.fail(told.dealId, told.memberId);
    if (isMembership(told) && told.what === 'joined') return this.join(told.memberId);
    return this.withdraw(told.memberId);
  }

  private join(memberId: number): string {
    if (this.purses.has(memberId)) return 'unchanged';
    this.purses.set(memberId, { points: 0, isClosed: false });
    return 'opened';
  }

  private withdraw(memberId: number): string {
    if (this.purses.get(memberId)?.isClosed) return 'unchanged';
    this.purses.set(memberId, { points: 0, isClosed: true });
    return 'closed';
  }

  private fail(dealId: number, memberId: number): string {
    const deal = this.deals.get(dealId);
    if (!deal) {
      this.deals.set(dealId, { moved: 0, said: 'refused DEAL_FAILED' });
      return 'tombstone';
    }
    if (deal.moved === 0 || this.undone.has(dealId)) return 'nothing-to-reverse';
    this.undone.add(dealId);
    const purse = this.purses.get(memberId)!;
    if (!purse.isClosed) purse.points -= deal.moved;
    return 'reversed';
  }

  private change(told: ToldDeal): string {
    const known = this.deals.get(told.dealId);
    if (known) return known.said;
    const decided = this.decide(told);
    if (decided.said.startsWith('waiting')) return decided.said;
    this.deals.set(told.dealId, decided);
    const purse = this.purses.get(told.memberId);
    if (purse) purse.points += decided.moved;
    return decided.said;
  }

  private decide(told: ToldDeal): { moved: number; said: string } {
    const no = (said: string) => ({ moved: 0, said });
    const yes = (moved: number) => ({ moved, said: 'applied' });
    const purse = this.purses.get(told.memberId);
    const isUse = told.what === 'use';
    if (!purse) return no(isUse ? 'refused MEMBER_UNKNOWN' : 'waiting MEMBER_UNKNOWN');
    if (purse.isClosed) return no(isUse ? 'refused MEMBER_WITHDRAWN' : 'void MEMBER_WITHDRAWN');
    if (told.what === 'save') return yes(told.point);
    if (isUse) {
      return purse.points < told.point ? no('refused INSUFFICIENT_POINTS') : yes(-told.point);
    }
    const original = this.deals.get(told.originalDealId ?? 0);
    if (!original) return no('waiting ORIGINAL_UNKNOWN');
    return original.said === 'applied' ? yes(-original.moved) : no('void ORIGINAL_WITHOUT_EFFECT');
  }
}
