// breaks: depcruise/persistence-knows-the-domain-only
export { recordDeal } from '../commands/record-deal.ts';
