// breaks: depcruise/entities-stay-in-persistence, depcruise/http-knows-verbs-only
export type { DealEntity } from '../persistence/deal.entity.ts';
