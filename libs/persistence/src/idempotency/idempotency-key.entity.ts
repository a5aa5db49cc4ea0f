import { Column, Entity, Index } from 'typeorm';
import { bigintColumn, instantColumn } from '../columns.ts';

/** A row of `idempotency_key`. */
@Entity('idempotency_key')
export class IdempotencyKeyRow {
  @Column({ type: 'varchar', length: 64, primary: true })
  caller!: string;

  @Column({ name: 'idem_key', type: 'varchar', length: 255, primary: true })
  key!: string;

  @Column({ type: 'varchar', length: 64 })
  fingerprint!: string;

  @Column(bigintColumn({ name: 'subject_id', nullable: true }))
  subjectId!: number | null;

  @Column({ name: 'response_status', type: 'int', nullable: true })
  responseStatus!: number | null;

  @Column({ name: 'response_body', type: 'text', nullable: true })
  responseBody!: string | null;

  @Index('idempotency_key_created_at')
  @Column(instantColumn({ name: 'created_at' }))
  createdAt!: number;
}
