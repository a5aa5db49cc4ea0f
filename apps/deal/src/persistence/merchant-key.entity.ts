import { bigintColumn, instantColumn } from '@onepoint/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The hash of an API key; the key itself is shown once and kept nowhere. */
@Entity({ name: 'merchant_key' })
@Index('merchant_key_by_merchant', ['merchantId'])
export class MerchantKeyEntity {
  @PrimaryColumn({ name: 'key_id', type: 'varchar', length: 64 })
  keyId!: string;

  @Column(bigintColumn({ name: 'merchant_id' }))
  merchantId!: number;

  @Column({ type: 'varchar', length: 64 })
  hash!: string;

  @Column(instantColumn({ name: 'created_at' }))
  createdAt!: number;

  @Column(instantColumn({ name: 'revoked_at', nullable: true }))
  revokedAt!: number | null;
}
