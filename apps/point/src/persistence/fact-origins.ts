import type { PointFact } from '../domain/ledger-plan.ts';
import type { Origin } from '../domain/point-change.ts';

/** Which call each fact of a batch is owed to: by its deal, or by its member where no deal is about. */
export class FactOrigins {
  private readonly ofDeals = new Map<number, Origin>();
  private readonly ofMembers = new Map<number, Origin>();

  /** Of two calls about one deal, the first decided it. */
  note(about: { dealId?: number; memberId: number }, origin: Origin | undefined): void {
    if (origin === undefined) return;
    const { dealId, memberId } = about;
    if (dealId !== undefined && !this.ofDeals.has(dealId)) this.ofDeals.set(dealId, origin);
    if (!this.ofMembers.has(memberId)) this.ofMembers.set(memberId, origin);
  }

  of(told: PointFact): Origin | undefined {
    switch (told.fact) {
      case 'changed':
        return this.ofDeals.get(told.entry.causeId);
      case 'waiting':
        return this.ofDeals.get(told.waiting.change.dealId);
      case 'opened':
      case 'extinguished':
        return this.ofMembers.get(told.account.memberId);
      default:
        return told satisfies never;
    }
  }
}
