import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Outbox } from '@onepoint/messaging';
import { Database, isDuplicateKey, once } from '@onepoint/persistence';
import type { KeyClaim, Sql, Transaction } from '@onepoint/persistence';
import { memberNotFound, phoneTaken } from '../domain/member.errors.ts';
import { withChanges, withdrawnFrom } from '../domain/member.ts';
import type { Member, ValidMember, WithdrawnMember } from '../domain/member.ts';
import { Members } from '../domain/members.ts';
import type { RequestKey, SignedUp } from '../domain/members.ts';
import type { PersonalChanges, PersonalData } from '../domain/personal-data.ts';
import { KeyedHash } from '../personal-data/keyed-hash.ts';
import { PersonalDataSeal } from '../personal-data/personal-data-seal.ts';
import { created, updated, withdrawn } from './member-events.ts';
import { memberOf, withdrawnOf } from './member-row.ts';
import { MemberEntity } from './member.entity.ts';

/** All that is kept of the answer to a sign-up: the rest of it is in the request that comes again. */
interface KeptAnswer {
  readonly memberId: number;
  readonly joinedAt: number;
}

/** Members in their own database, the personal data sealed. */
@Injectable()
export class StoredMembers extends Members {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly seal: PersonalDataSeal,
    private readonly hash: KeyedHash,
  ) {
    super();
  }

  async signUp(personal: PersonalData, key: RequestKey | null, now: number): Promise<SignedUp> {
    const { body, replayed } = await once<KeptAnswer>(
      this.database,
      key && this.claimOf(key),
      now,
      async (tx) => ({ status: 201, body: await this.join(tx, personal, now) }),
    );
    // The fingerprints are alike, so the first request said the same of the person as this one: the
    // first answer is whole again without having been kept, also after a withdrawal (P13).
    const { memberId, joinedAt } = body;
    return { member: newMember(memberId, personal, joinedAt), replayed };
  }

  update(memberId: number, changes: PersonalChanges, now: number): Promise<ValidMember> {
    return this.database.transaction(async (tx) => {
      const row = await lockRow(tx, memberId);
      const change = withChanges(memberOf(row, this.seal), changes, now);
      if (change.changed.length === 0) return change.member;
      await phoneUnique(() => this.write(tx, row.rowId, change.member));
      await this.outbox.append(tx, [updated(change)]);
      return change.member;
    });
  }

  withdraw(memberId: number, now: number): Promise<WithdrawnMember> {
    return this.database.transaction(async (tx) => {
      const row = await lockRow(tx, memberId);
      const before = withdrawnOf(row);
      if (before !== null) return before;
      // Not decrypted: a member can leave even when a key is lost.
      const member = withdrawnFrom(row, now);
      await erase(tx, member);
      await this.outbox.append(tx, [withdrawn(member)]);
      return member;
    });
  }

  find(memberId: number): Promise<Member | null> {
    return this.database.read(async (sql) => {
      const row = await sql.manager.findOneBy(MemberEntity, { id: memberId });
      return row === null ? null : memberOf(row, this.seal);
    });
  }

  findByPhone(phone: string): Promise<ValidMember | null> {
    return this.database.read(async (sql) => {
      const row = await findByHash(sql, this.hash.ofPhone(phone));
      const member = row && memberOf(row, this.seal);
      return member?.status === 'valid' ? member : null;
    });
  }

  private async join(tx: Transaction, personal: PersonalData, now: number): Promise<KeptAnswer> {
    const phoneHash = this.hash.ofPhone(personal.phone);
    // Asked first only to save an id: of those who sign up at the same time the unique index picks one.
    if ((await findByHash(tx, phoneHash)) !== null) throw phoneTaken();
    const rowId = randomUUID();
    const { keyId, bytes } = this.seal.seal(rowId, personal);
    const columns = {
      row_id: rowId,
      status: 'valid',
      phone_hash: phoneHash,
      key_id: keyId,
      sealed: bytes,
      sequence: 1,
      joined_at: now,
      updated_at: now,
      withdrawn_at: null,
    };
    const { ids } = await phoneUnique(() => tx.insertRows('member', [columns]));
    const [memberId] = ids;
    if (memberId === undefined) throw new MemberIdMissing();
    await this.outbox.append(tx, [created(newMember(memberId, personal, now))]);
    return { memberId, joinedAt: now };
  }

  private async write(tx: Transaction, rowId: string, member: ValidMember): Promise<void> {
    const { keyId, bytes } = this.seal.seal(rowId, member.personal);
    await tx.execute(
      `UPDATE member SET phone_hash = ?, key_id = ?, sealed = ?, sequence = ?, updated_at = ?
       WHERE id = ?`,
      [
        this.hash.ofPhone(member.personal.phone),
        keyId,
        bytes,
        member.sequence,
        member.updatedAt,
        member.id,
      ],
    );
  }

  private claimOf({ caller, key, fingerprint }: RequestKey): KeyClaim {
    return { caller, key, fingerprint: this.hash.ofFingerprint(fingerprint) };
  }
}

/** The database said that it inserted a row and not under which id. */
export class MemberIdMissing extends Error {
  override readonly name = 'MemberIdMissing';
}

function newMember(id: number, personal: PersonalData, joinedAt: number): ValidMember {
  return { id, status: 'valid', personal, sequence: 1, joinedAt, updatedAt: joinedAt };
}

function findByHash(sql: Sql, phoneHash: string): Promise<MemberEntity | null> {
  return sql.manager.findOneBy(MemberEntity, { phoneHash });
}

/** Holds the row until the transaction ends; on SQLite only one transaction runs anyway. */
async function lockRow(tx: Transaction, memberId: number): Promise<MemberEntity> {
  const row = await tx.manager.findOne(MemberEntity, {
    where: { id: memberId },
    ...(tx.dialect === 'mysql' ? { lock: { mode: 'pessimistic_write' } } : {}),
  });
  if (row === null) throw memberNotFound(memberId);
  return row;
}

async function erase(tx: Transaction, member: WithdrawnMember): Promise<void> {
  const { id, sequence, updatedAt, withdrawnAt } = member;
  await tx.execute(
    `UPDATE member SET status = 'withdrawn', phone_hash = NULL, key_id = NULL, sealed = NULL,
       sequence = ?, updated_at = ?, withdrawn_at = ? WHERE id = ?`,
    [sequence, updatedAt, withdrawnAt, id],
  );
}

/** The only unique column that a member brings along is the phone's hash. */
async function phoneUnique<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicateKey(error) ? phoneTaken() : error;
  }
}
