import { bigintColumn } from '@onepoint/persistence';
import { Column, Entity, Index } from 'typeorm';

/** A change that waits for its member to be known, or for its original to arrive. */
@Entity({ name: 'waiting_change' })
@Index('waiting_change_due', ['nextTryAt'])
@Index('waiting_change_member', ['memberId'])
@Index('waiting_change_original', ['originalDealId'])
export class WaitingChangeEntity {
  @Column(bigintColumn({ name: 'deal_id', primary: true }))
  dealId!: number;

  @Column(bigintColumn({ name: 'member_id' }))
  memberId!: number;

  @Column({ type: 'varchar', length: 12 })
  kind!: string;

  @Column(bigintColumn())
  point!: number;

  @Column(bigintColumn({ name: 'original_deal_id', nullable: true }))
  originalDealId!: number | null;

  @Column({ type: 'varchar', length: 32 })
  reason!: string;

  @Column(bigintColumn())
  since!: number;

  @Column(bigintColumn({ name: 'next_try_at' }))
  nextTryAt!: number;

  @Column({ type: 'int' })
  tries!: number;
}
