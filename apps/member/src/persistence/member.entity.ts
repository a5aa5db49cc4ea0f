import { bigintColumn, generatedIdColumn, instantColumn } from '@onepoint/persistence';
import { Column, Entity, Index } from 'typeorm';

/** A member's row. After a withdrawal the three columns about the person are null (P13). */
@Entity({ name: 'member' })
@Index('member_phone_hash', ['phoneHash'], { unique: true })
export class MemberEntity {
  @Column(generatedIdColumn())
  id!: number;

  /** Random; what is sealed in this row is bound to it. */
  @Column({ name: 'row_id', type: 'varchar', length: 36 })
  rowId!: string;

  @Column({ type: 'varchar', length: 10 })
  status!: 'valid' | 'withdrawn';

  /** Keyed hash of the phone, unique among valid members. */
  @Column({ name: 'phone_hash', type: 'varchar', length: 64, nullable: true })
  phoneHash!: string | null;

  @Column({ name: 'key_id', type: 'varchar', length: 32, nullable: true })
  keyId!: string | null;

  @Column({ type: 'blob', nullable: true })
  sealed!: Uint8Array | null;

  @Column(bigintColumn())
  sequence!: number;

  @Column(instantColumn({ name: 'joined_at' }))
  joinedAt!: number;

  @Column(instantColumn({ name: 'updated_at' }))
  updatedAt!: number;

  @Column(instantColumn({ name: 'withdrawn_at', nullable: true }))
  withdrawnAt!: number | null;
}
