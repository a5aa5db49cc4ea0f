import { bigintColumn } from '@onepoint/persistence';
import { Column, Entity } from 'typeorm';

/** One member's balance; written by the ledger alone, in the transaction of its entries. */
@Entity({ name: 'account' })
export class AccountEntity {
  @Column(bigintColumn({ name: 'member_id', primary: true }))
  memberId!: number;

  @Column(bigintColumn())
  balance!: number;

  @Column({ type: 'varchar', length: 8 })
  status!: 'open' | 'closed';

  @Column(bigintColumn())
  sequence!: number;

  @Column(bigintColumn({ name: 'opened_at' }))
  openedAt!: number;

  @Column(bigintColumn({ name: 'updated_at' }))
  updatedAt!: number;
}
