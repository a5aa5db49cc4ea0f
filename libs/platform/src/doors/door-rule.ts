import type { Admitted } from './allow.ts';
import type { Caller } from './caller.ts';
import { scopes, type Scope } from './scope.ts';

/** A route's `@Allow`, made ready for asking. */
export interface DoorRule {
  readonly isPublic: boolean;
  readonly merchants: boolean;
  readonly services: boolean;
  readonly scopes: readonly Scope[];
}

export function doorRuleOf(who: readonly Admitted[]): DoorRule {
  return {
    isPublic: who.includes('public'),
    merchants: who.includes('merchant'),
    services: who.includes('service'),
    scopes: scopes.filter((scope) => who.includes(`operator:${scope}`)),
  };
}

/** Whether this caller may come in here. */
export function admits(rule: DoorRule, caller: Caller): boolean {
  switch (caller.kind) {
    case 'open':
      return true;
    case 'merchant':
      return rule.merchants;
    case 'service':
      return rule.services;
    case 'operator':
      return rule.scopes.some((scope) => caller.scopes.has(scope));
    default:
      return caller satisfies never;
  }
}
