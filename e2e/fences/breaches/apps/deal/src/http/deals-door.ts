import { recordDeal } from '../commands/record-deal.ts';
import { getDeal } from '../queries/get-deal.ts';

export class DealsDoor {
  readonly verbs = [recordDeal, getDeal];
}
