import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { PersonalData } from '../domain/personal-data.ts';
import type { DataKey } from './data-key.ts';

/** Personal data as it is stored. */
export interface SealedData {
  /** The key that reads it. */
  readonly keyId: string;
  /** Format (1 byte), IV (12), authentication tag (16), ciphertext. */
  readonly bytes: Uint8Array;
}

/** Stored data was changed, or belongs to another row: it is not what was sealed here. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Data was encrypted by a key that is not configured any more. */
export class DataKeyMissing extends Error {
  override readonly name = 'DataKeyMissing';
}

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/**
 * Encrypts and decrypts personal data (AES-256-GCM, a random 96-bit IV each time). What is sealed for
 * one row opens in that row only: the row's own uuid is authenticated with it (P13).
 */
export class PersonalDataSeal {
  private readonly current: DataKey;

  /** @param keys the first encrypts, all of them decrypt; throws {@link DataKeyMissing} for none */
  constructor(private readonly keys: readonly DataKey[]) {
    const [current] = keys;
    if (current === undefined) throw new DataKeyMissing('there is no key for personal data');
    this.current = current;
  }

  /** @param rowId uuid of the row, which is known before its number is */
  seal(rowId: string, personal: PersonalData): SealedData {
    const { id: keyId, key } = this.current;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(rowId, keyId));
    const body = Buffer.concat([cipher.update(JSON.stringify(personal), 'utf8'), cipher.final()]);
    return { keyId, bytes: Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body]) };
  }

  /** Throws {@link SealBroken} and {@link DataKeyMissing}. */
  open(rowId: string, { keyId, bytes }: SealedData): PersonalData {
    const key = this.keys.find(({ id }) => id === keyId)?.key;
    if (key === undefined) throw new DataKeyMissing(`the key ${keyId} is not configured`);
    if (bytes[0] !== FORMAT || bytes.length <= HEAD_BYTES) throw new SealBroken('unknown format');
    const iv = bytes.subarray(1, 1 + IV_BYTES);
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(rowId, keyId));
    decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, HEAD_BYTES));
    const body = decipher.update(bytes.subarray(HEAD_BYTES));
    // Authenticated: nobody but seal() can have written what is parsed here.
    return JSON.parse(Buffer.concat([body, finished(decipher)]).toString('utf8')) as PersonalData;
  }
}

function boundTo(rowId: string, keyId: string): Buffer {
  return Buffer.from(`onepoint/member/personal-data/${FORMAT}/${keyId}/${rowId}`, 'utf8');
}

function finished(decipher: { final(): Buffer }): Buffer {
  try {
    return decipher.final();
  } catch (error) {
    throw new SealBroken('personal data does not belong here or was changed', { cause: error });
  }
}
