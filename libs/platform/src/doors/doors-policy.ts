import { SettingsError } from '../settings/settings-error.ts';
import type { ProcessSettings } from '../settings/process-settings.ts';
import type { Scope } from './scope.ts';
import { sha256 } from './sha256.ts';

/** The settings that decide how the doors stand. */
export type DoorsSettings = Pick<
  ProcessSettings,
  'NODE_ENV' | 'ONEPOINT_HOST' | 'SERVICE_TOKEN' | 'OPERATOR_TOKENS'
>;

export interface KnownOperator {
  readonly name: string;
  readonly hash: Buffer;
  readonly scopes: ReadonlySet<Scope>;
}

/** How the doors stand: open to whoever shows no credential, or closed behind these secrets. */
export type DoorsPolicy =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'closed';
      readonly serviceHash: Buffer;
      readonly operators: readonly KnownOperator[];
    };

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Decides how the doors stand (P12). They are open only on a developer's machine: a loopback
 * address, not production, and no secret configured. There is no default secret.
 *
 * @throws SettingsError when the doors must be closed and a secret is missing
 */
export function doorsPolicyOf(settings: DoorsSettings): DoorsPolicy {
  const { SERVICE_TOKEN: serviceToken, OPERATOR_TOKENS: operators } = settings;
  const bare = serviceToken === undefined && operators.length === 0;
  if (bare && settings.NODE_ENV !== 'production' && isLoopback(settings.ONEPOINT_HOST)) {
    return { kind: 'open' };
  }
  if (serviceToken === undefined || operators.length === 0) {
    throw new SettingsError(missingSecrets(settings));
  }
  return {
    kind: 'closed',
    serviceHash: sha256(serviceToken),
    operators: operators.map((operator) => ({
      name: operator.name,
      hash: Buffer.from(operator.hash, 'hex'),
      scopes: new Set(operator.scopes),
    })),
  };
}

/** Whether calls without credentials are let in. Throws SettingsError as the process itself would. */
export function openDoors(settings: DoorsSettings): boolean {
  return doorsPolicyOf(settings).kind === 'open';
}

function missingSecrets(settings: DoorsSettings): string[] {
  const why =
    settings.NODE_ENV === 'production'
      ? 'in production'
      : isLoopback(settings.ONEPOINT_HOST)
        ? 'once one of the two is set'
        : 'on an address that others can reach';
  const lines: string[] = [];
  if (settings.SERVICE_TOKEN === undefined) {
    lines.push(`SERVICE_TOKEN: is required ${why} (32 characters or more)`);
  }
  if (settings.OPERATOR_TOKENS.length === 0) {
    lines.push(`OPERATOR_TOKENS: is required ${why} (name:sha256-in-hex:scope+scope)`);
  }
  return lines;
}
