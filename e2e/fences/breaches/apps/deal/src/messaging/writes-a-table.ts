// breaks: depcruise/messaging-knows-verbs-only
export { StoredDeals } from '../persistence/stored-deals.ts';
