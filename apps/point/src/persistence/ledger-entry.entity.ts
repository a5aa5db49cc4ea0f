import { bigintColumn } from '@onepoint/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One decision, once for each cause: the primary key is what makes a change idempotent (P2). */
@Entity({ name: 'ledger_entry' })
@Index('ledger_entry_history', ['memberId', 'sequence'], { unique: true })
export class LedgerEntryEntity {
  @PrimaryColumn({ type: 'varchar', length: 12 })
  cause!: string;

  @Column(bigintColumn({ name: 'cause_id', primary: true }))
  causeId!: number;

  @Column(bigintColumn({ name: 'member_id' }))
  memberId!: number;

  @Column({ type: 'varchar', length: 12 })
  kind!: string;

  @Column({ type: 'varchar', length: 12 })
  outcome!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  reason!: string | null;

  @Column(bigintColumn())
  delta!: number;

  @Column(bigintColumn({ name: 'balance_after', nullable: true }))
  balanceAfter!: number | null;

  @Column(bigintColumn({ nullable: true }))
  sequence!: number | null;

  @Column(bigintColumn({ name: 'decided_at' }))
  decidedAt!: number;
}
