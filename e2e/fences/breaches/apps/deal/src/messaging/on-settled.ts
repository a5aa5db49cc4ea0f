import { recordDeal } from '../commands/record-deal.ts';

export class OnSettled {
  readonly verb = recordDeal;
}
