import type { EventKey, EventOf } from '@onepoint/contracts';
import type { ReadModelChanges } from '../persistence/read-model-changes.ts';

/**
 * An event on its way through the projections, with the changes that they add to. Nest CQRS finds
 * handlers by the event's class: each event of the catalogue has one.
 */
export abstract class Heard<K extends EventKey> {
  constructor(
    readonly event: EventOf<K>,
    readonly changes: ReadModelChanges,
  ) {}
}

export class MemberCreated extends Heard<'member.created.v1'> {}
export class MemberUpdated extends Heard<'member.updated.v1'> {}
export class MemberWithdrawn extends Heard<'member.withdrawn.v1'> {}
export class MerchantRegistered extends Heard<'merchant.registered.v1'> {}
export class MerchantUpdated extends Heard<'merchant.updated.v1'> {}
export class DealSaved extends Heard<'deal.saved.v1'> {}
export class DealUsed extends Heard<'deal.used.v1'> {}
export class DealSaveCancelled extends Heard<'deal.save-cancelled.v1'> {}
export class DealUseCancelled extends Heard<'deal.use-cancelled.v1'> {}
export class DealFailed extends Heard<'deal.failed.v1'> {}
export class PointAccountOpened extends Heard<'point.account-opened.v1'> {}
export class PointChanged extends Heard<'point.changed.v1'> {}
export class PointExtinguished extends Heard<'point.extinguished.v1'> {}
export class BillingSettled extends Heard<'billing.settled.v1'> {}

type HeardClasses = {
  readonly [K in EventKey]: new (event: EventOf<K>, changes: ReadModelChanges) => Heard<K>;
};

/** The class of each event. */
export const heardClasses: HeardClasses = {
  'member.created.v1': MemberCreated,
  'member.updated.v1': MemberUpdated,
  'member.withdrawn.v1': MemberWithdrawn,
  'merchant.registered.v1': MerchantRegistered,
  'merchant.updated.v1': MerchantUpdated,
  'deal.saved.v1': DealSaved,
  'deal.used.v1': DealUsed,
  'deal.save-cancelled.v1': DealSaveCancelled,
  'deal.use-cancelled.v1': DealUseCancelled,
  'deal.failed.v1': DealFailed,
  'point.account-opened.v1': PointAccountOpened,
  'point.changed.v1': PointChanged,
  'point.extinguished.v1': PointExtinguished,
  'billing.settled.v1': BillingSettled,
};
