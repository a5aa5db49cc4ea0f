import { bigintColumn, generatedIdColumn, instantColumn } from '@onepoint/persistence';
import { Column, Entity } from 'typeorm';

/** One version of a merchant's terms. */
@Entity({ name: 'merchant_terms' })
export class MerchantTermsEntity {
  @Column(generatedIdColumn())
  id!: number;

  @Column(bigintColumn({ name: 'merchant_id' }))
  merchantId!: number;

  @Column(instantColumn({ name: 'valid_from' }))
  validFrom!: number;

  @Column({ name: 'earn_rate_bps', type: 'int' })
  earnRateBps!: number;

  @Column({ name: 'commission_bps', type: 'int' })
  commissionBps!: number;

  @Column({ name: 'earn_charge_bps', type: 'int' })
  earnChargeBps!: number;

  @Column(instantColumn({ name: 'written_at' }))
  writtenAt!: number;
}
