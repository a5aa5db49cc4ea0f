import {
  amount,
  basisPoints,
  businessMonth,
  dealReadView,
  dealType,
  dealView,
  entityId,
  instant,
  ledgerEntryView,
  memberStatus,
  page,
  pointView,
  serviceNames,
  signedAmount,
} from '@onepoint/contracts';
import { z } from 'zod';

const age = z.int().min(0).describe('milliseconds');

/** How old an answer may be. Everything that happened after `lastEventAt` may be missing from it. */
const freshness = z
  .object({
    lastEventAt: instant.nullable().describe('when the newest event heard of happened'),
    lagMs: age.nullable().describe('how long that event took from happening to being shown'),
    ageMs: age.nullable().describe('how long ago it happened; grows while nothing happens'),
  })
  .meta({ id: 'Freshness' });

/** How far each of the services has been heard. */
export const freshnessView = freshness.extend({
  sources: z.array(
    freshness.extend({ source: z.enum(serviceNames) }).meta({ id: 'SourceFreshness' }),
  ),
});

/** A deal with all that Dashboard knows of it. */
const deal = dealView
  .extend({ memberStatus: memberStatus.describe('valid until the withdrawal has been heard of') })
  .meta({ id: 'SeenDeal' });

const member = z.object({
  id: entityId,
  status: memberStatus,
  joinedAt: instant.nullable().describe('null until the sign-up has been heard of'),
  withdrawnAt: instant.nullable(),
  account: pointView.omit({ memberId: true }).nullable().describe('null until it is heard of'),
});

const merchant = z
  .object({
    id: entityId,
    name: z.string(),
    earnRateBps: basisPoints,
    commissionBps: basisPoints,
    earnChargeBps: basisPoints,
    registeredAt: instant.nullable().describe('null until the registration has been heard of'),
    updatedAt: instant,
  })
  .meta({ id: 'SeenMerchant' });

const dayTotal = z
  .object({
    day: z.iso.date(),
    type: dealType,
    deals: z.int().min(0).describe('successful ones'),
    dealAmount: amount.describe('KRW'),
    point: amount,
    failedDeals: z.int().min(0),
  })
  .meta({ id: 'DayTotal' });

const settlement = z
  .object({
    billingId: entityId,
    merchantId: entityId,
    billingMonth: businessMonth,
    runs: z.int().min(1),
    lastSettledAt: instant,
    deals: z.int().min(0).describe('settled deals'),
    usedPoints: amount,
    cancelledPoints: amount,
    netPoints: signedAmount,
    complete: z.boolean().describe('false while parts of a run, or deals of it, are on their way'),
  })
  .meta({ id: 'SeenSettlement' });

export const viewsPage = page(dealReadView);
export const viewAnswer = dealReadView;
export const dealAnswer = deal.extend({ freshness });
export const dealsAnswer = page(deal).extend({ freshness });
export const memberAnswer = member.extend({ freshness });
export const historyAnswer = page(ledgerEntryView).extend({ freshness });
export const merchantsAnswer = page(merchant).extend({ freshness });
export const settlementsAnswer = page(settlement).extend({ freshness });
export const totalsAnswer = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  merchantId: entityId.nullable().describe('null: all merchants together'),
  items: z.array(dayTotal),
  freshness,
});

/** Answers before their freshness is added to them. */
type Unmarked<Answer extends z.ZodType> = Omit<z.infer<Answer>, 'freshness'>;
export type DealAnswer = Unmarked<typeof dealAnswer>;
export type DealsAnswer = Unmarked<typeof dealsAnswer>;
export type MemberAnswer = Unmarked<typeof memberAnswer>;
export type HistoryAnswer = Unmarked<typeof historyAnswer>;
export type MerchantsAnswer = Unmarked<typeof merchantsAnswer>;
export type SettlementsAnswer = Unmarked<typeof settlementsAnswer>;
export type TotalsAnswer = Unmarked<typeof totalsAnswer>;
export type FreshnessMark = z.infer<typeof freshness>;
export type FreshnessView = z.infer<typeof freshnessView>;
