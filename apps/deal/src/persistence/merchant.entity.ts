import { bigintColumn, generatedIdColumn, instantColumn } from '@onepoint/persistence';
import { Column, Entity } from 'typeorm';

/** A member merchant and its terms. */
@Entity({ name: 'merchant' })
export class MerchantEntity {
  @Column(generatedIdColumn())
  id!: number;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ name: 'earn_rate_bps', type: 'int' })
  earnRateBps!: number;

  @Column({ name: 'commission_bps', type: 'int' })
  commissionBps!: number;

  @Column({ name: 'earn_charge_bps', type: 'int' })
  earnChargeBps!: number;

  @Column(bigintColumn())
  sequence!: number;

  @Column(instantColumn({ name: 'created_at' }))
  createdAt!: number;

  @Column(instantColumn({ name: 'updated_at' }))
  updatedAt!: number;
}
