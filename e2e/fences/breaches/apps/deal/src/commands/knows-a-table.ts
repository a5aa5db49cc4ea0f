// breaks: depcruise/verbs-know-no-table
export { StoredDeals } from '../persistence/stored-deals.ts';
