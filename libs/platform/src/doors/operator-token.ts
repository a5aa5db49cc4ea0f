import { isScope, type Scope } from './scope.ts';

/** An operator as the environment names one. The token itself is nowhere: only its SHA-256. */
export interface OperatorToken {
  readonly name: string;
  /** SHA-256 of the token, 64 lower-case hex digits. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
}

/** Most operators one process knows. */
export const operatorsMax = 100;

/**
 * Reads `name:sha256hex:scope+scope,…`. Answers the operators, or what is wrong with which entry
 * (by its place, for an entry may hold a secret that somebody pasted).
 */
export function parseOperatorTokens(
  text: string,
): { readonly operators: readonly OperatorToken[] } | { readonly wrong: string } {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length > operatorsMax) return { wrong: `names more than ${operatorsMax} operators` };
  const operators: OperatorToken[] = [];
  for (const [index, entry] of entries.entries()) {
    const match = /^([a-z0-9][a-z0-9._-]{0,31}):([0-9a-f]{64}):([a-z+]+)$/i.exec(entry);
    const granted = match?.[3]?.split('+') ?? [];
    if (match?.[1] === undefined || match[2] === undefined || !granted.every(isScope)) {
      return {
        wrong: `entry ${index + 1} must be name:sha256-in-hex:scope+scope with the scopes members, merchants, settlement, dashboard`,
      };
    }
    if (operators.some((known) => known.name === match[1])) {
      return { wrong: `entry ${index + 1} repeats a name` };
    }
    operators.push({ name: match[1], hash: match[2].toLowerCase(), scopes: granted });
  }
  return { operators };
}
