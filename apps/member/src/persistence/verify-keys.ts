import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import { IsNull, Not } from 'typeorm';
import { KeyedHash } from '../personal-data/keyed-hash.ts';
import { PersonalDataSeal } from '../personal-data/personal-data-seal.ts';
import { MemberEntity } from './member.entity.ts';

/** The keys are not those of this database: sign-ups would no longer find out taken phones. */
export class KeysDoNotFit extends Error {
  override readonly name = 'KeysDoNotFit';
}

/** Tries the keys on one member before the first request is let in. Throws {@link KeysDoNotFit}. */
@Injectable()
export class VerifyKeys implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly seal: PersonalDataSeal,
    private readonly hash: KeyedHash,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const row = await this.database.read((sql) =>
      sql.manager.findOneBy(MemberEntity, { phoneHash: Not(IsNull()) }),
    );
    if (row !== null && !this.fit(row)) {
      throw new KeysDoNotFit(
        'MEMBER_DATA_KEYS and MEMBER_HASH_KEY are not those that the stored members were written with',
      );
    }
  }

  private fit({ rowId, keyId, sealed, phoneHash }: MemberEntity): boolean {
    if (keyId === null || sealed === null) return false;
    try {
      const { phone } = this.seal.open(rowId, { keyId, bytes: sealed });
      return this.hash.ofPhone(phone) === phoneHash;
    } catch {
      return false;
    }
  }
}
