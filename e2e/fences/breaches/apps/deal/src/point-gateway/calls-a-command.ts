// breaks: depcruise/gateways-know-the-domain-only
export { recordDeal } from '../commands/record-deal.ts';
