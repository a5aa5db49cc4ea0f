import { bigintColumn, generatedIdColumn, instantColumn } from '@onepoint/persistence';
import { Column, Entity, Index } from 'typeorm';

/** One deal. `originalDealId` is unique: a deal can be cancelled once, whoever tries it. */
@Entity({ name: 'deal' })
@Index('deal_by_member', ['memberId', 'id'])
@Index('deal_by_merchant_date', ['merchantId', 'dealDate'])
@Index('deal_by_status', ['status', 'id'])
@Index('deal_by_original', ['originalDealId'], { unique: true })
export class DealEntity {
  @Column(generatedIdColumn())
  id!: number;

  @Column(bigintColumn({ name: 'member_id' }))
  memberId!: number;

  @Column(bigintColumn({ name: 'merchant_id' }))
  merchantId!: number;

  @Column({ type: 'varchar', length: 12 })
  type!: string;

  @Column(bigintColumn({ name: 'deal_amount' }))
  dealAmount!: number;

  @Column(bigintColumn())
  point!: number;

  @Column({ type: 'varchar', length: 8 })
  status!: string;

  @Column({ name: 'fail_reason', type: 'varchar', length: 64, nullable: true })
  failReason!: string | null;

  @Column({ name: 'point_status', type: 'varchar', length: 8, nullable: true })
  pointStatus!: string | null;

  @Column({ name: 'point_reason', type: 'varchar', length: 64, nullable: true })
  pointReason!: string | null;

  @Column({ name: 'billing_status', type: 'varchar', length: 3 })
  billingStatus!: string;

  @Column(bigintColumn({ name: 'original_deal_id', nullable: true }))
  originalDealId!: number | null;

  @Column(instantColumn({ name: 'original_deal_date', nullable: true }))
  originalDealDate!: number | null;

  @Column(bigintColumn({ name: 'cancelled_by_deal_id', nullable: true }))
  cancelledByDealId!: number | null;

  @Column({ name: 'earn_rate_bps', type: 'int' })
  earnRateBps!: number;

  @Column({ name: 'commission_bps', type: 'int' })
  commissionBps!: number;

  @Column({ name: 'earn_charge_bps', type: 'int' })
  earnChargeBps!: number;

  @Column(instantColumn({ name: 'deal_date' }))
  dealDate!: number;
}
