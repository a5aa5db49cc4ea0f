export { serviceNames } from './service-name.ts';
export type { ServiceName } from './service-name.ts';
export { eventEnvelope } from './envelope.ts';
export type { EventEnvelope } from './envelope.ts';
export type { EventDefinition } from './define-event.ts';
export { eventCatalogue, eventKeys, isEventKey, keyOf, parseEvent } from './catalogue.ts';
export type { EventDataOf, EventKey, EventOf, OnePointEvent } from './catalogue.ts';
export { ContractBreach } from './contract-breach.ts';
export type { ContractIssue } from './contract-breach.ts';
export { settledDealsMax } from './events/billing.ts';
export { merchantKeysMax } from './events/merchant.ts';
export { pointChangeKind, pointOutcome } from './events/point.ts';
export type { PointChangeKind, PointOutcome } from './events/point.ts';

export { businessDay } from './input/business-day.ts';
export type { BusinessDay } from './input/business-day.ts';
export { businessMonth } from './input/business-month.ts';
export type { BusinessMonth } from './input/business-month.ts';
export { pageCursor, pageLimit, pageSizeMax } from './input/page.ts';
export { id, wholeNumber } from './input/whole-number.ts';
export type { WholeNumberRange } from './input/whole-number.ts';

export { instant } from './values/instant.ts';
export { amount, basisPoints, entityId, signedAmount } from './values/numbers.ts';
export {
  billingStatus,
  dealStatus,
  dealType,
  debitFate,
  memberStatus,
  pointStatus,
  reasonCode,
} from './values/words.ts';
export type {
  BillingStatus,
  DealStatus,
  DealType,
  DebitFate,
  MemberStatus,
  PointStatus,
} from './values/words.ts';

export {
  billingRunView,
  billingTermsView,
  billingView,
  settlementLineView,
} from './dto/billing.ts';
export type {
  BillingRunView,
  BillingTermsView,
  BillingView,
  SettlementLineView,
} from './dto/billing.ts';
export { dealReadView, dealView } from './dto/deal.ts';
export type { DealReadView, DealView } from './dto/deal.ts';
export { memberView } from './dto/member.ts';
export type { MemberView } from './dto/member.ts';
export {
  merchantKeyView,
  merchantTermsView,
  merchantView,
  newMerchantKeyView,
} from './dto/merchant.ts';
export type {
  MerchantKeyView,
  MerchantTermsView,
  MerchantView,
  NewMerchantKeyView,
} from './dto/merchant.ts';
export { monthCloseView } from './dto/month-close.ts';
export type { MonthCloseView } from './dto/month-close.ts';
export { page } from './dto/page.ts';
export type { Page } from './dto/page.ts';
export { ledgerEntryKind, ledgerEntryView, pointView } from './dto/point.ts';
export type { LedgerEntryKind, LedgerEntryView, PointView } from './dto/point.ts';
export { problem } from './dto/problem.ts';
export type { Problem } from './dto/problem.ts';
