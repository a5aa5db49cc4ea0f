// breaks: depcruise/http-knows-verbs-only
export { StoredDeals } from '../persistence/stored-deals.ts';
