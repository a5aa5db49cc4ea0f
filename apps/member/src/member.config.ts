import { join } from 'node:path';
import { openDoors, parseSettings, processSettingsSchema, SettingsError } from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';
import { z } from 'zod';
import { KeysMalformed, parseDataKeys, parseKey } from './personal-data/data-key.ts';
import type { MemberKeys } from './personal-data/member-keys.ts';

const memberSettingsSchema = processSettingsSchema.extend({
  /** `keyId:base64key,…`: the first encrypts, the others read. */
  MEMBER_DATA_KEYS: secret(parseDataKeys),
  /** Base64 of 32 bytes: keys the hash of phones. */
  MEMBER_HASH_KEY: secret(parseKey),
});

/** Where the keys of personal data are. */
export type KeySource =
  | { readonly from: 'environment'; readonly keys: MemberKeys }
  /** A developer's machine: they are made once and kept in this file. */
  | { readonly from: 'file'; readonly file: string };

/** Member's environment, parsed once. */
export interface MemberSettings {
  readonly process: ProcessSettings;
  readonly keySource: KeySource;
}

/** Reads the environment. Throws `SettingsError` with a line for each wrong variable. */
export function memberSettings(env: NodeJS.ProcessEnv): MemberSettings {
  const { MEMBER_DATA_KEYS, MEMBER_HASH_KEY, ...settings } = parseSettings(
    memberSettingsSchema,
    env,
  );
  return {
    process: Object.freeze(settings),
    keySource: keySourceOf(settings, { data: MEMBER_DATA_KEYS, hash: MEMBER_HASH_KEY }),
  };
}

/** There is no default secret: only where the doors may stand open are keys made without asking. */
function keySourceOf(
  settings: ProcessSettings,
  { data, hash }: { [K in keyof MemberKeys]: MemberKeys[K] | undefined },
): KeySource {
  if (data !== undefined && hash !== undefined) {
    return { from: 'environment', keys: { data, hash } };
  }
  const missing: string[] = [];
  if (data === undefined) missing.push('MEMBER_DATA_KEYS: is required (keyId:base64key,…)');
  if (hash === undefined) missing.push('MEMBER_HASH_KEY: is required (32 bytes in base64)');
  const doors = doorsOf(settings);
  if (data === undefined && hash === undefined && doors === 'open') {
    return { from: 'file', file: join(settings.ONEPOINT_DATA, 'member-keys.json') };
  }
  throw new SettingsError(typeof doors === 'string' ? missing : [...doors.lines, ...missing]);
}

/** How the doors stand, or what they lack: whoever sets up a server is told all of it at once. */
function doorsOf(settings: ProcessSettings): 'open' | 'closed' | SettingsError {
  try {
    return openDoors(settings) ? 'open' : 'closed';
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

function secret<T>(parse: (text: string) => T) {
  return z
    .string()
    .transform((text, context): T => {
      try {
        return parse(text);
      } catch (error) {
        if (!(error instanceof KeysMalformed)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .optional();
}
