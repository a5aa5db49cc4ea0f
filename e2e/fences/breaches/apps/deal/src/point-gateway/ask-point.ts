import type { Deal } from '../domain/deal.ts';

export class AskPoint {
  ask(deal: Deal): number {
    return deal.point;
  }
}
