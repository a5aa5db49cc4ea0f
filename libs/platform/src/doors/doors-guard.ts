import {
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type OnModuleInit,
} from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import { credentialOf } from './credential.ts';
import { admits, type DoorRule } from './door-rule.ts';
import type { DoorsPolicy } from './doors-policy.ts';
import { identify } from './identify.ts';
import { MERCHANT_KEYS, type MerchantKeys } from './merchant-key.ts';
import { readRules, type DoorRules } from './read-rules.ts';
import { Forbidden, Unauthenticated } from './refusals.ts';

export const DOORS_POLICY = Symbol('DoorsPolicy');

/** A service has routes for merchants and no way to know their keys. */
export class MerchantKeysMissing extends Error {
  override readonly name = 'MerchantKeysMissing';
}

const nobody: Caller = Object.freeze({ kind: 'open' });

/** Stands at every door: shut unless the route's rule admits the caller (P12). */
@Injectable()
export class DoorsGuard implements CanActivate, OnModuleInit {
  #rules: DoorRules = new Map();
  #keys: MerchantKeys | null = null;

  constructor(
    @Inject(DOORS_POLICY) private readonly policy: DoorsPolicy,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {}

  onModuleInit(): void {
    this.#rules = readRules(this.modules);
    const admitsMerchants = [...this.#rules.values()].some((rules) =>
      [...rules.values()].some((rule) => rule.merchants),
    );
    if (!admitsMerchants) return;
    this.#keys = findOrNull<MerchantKeys>(this.moduleRef, MERCHANT_KEYS);
    if (this.#keys === null) {
      throw new MerchantKeysMissing('routes that admit merchants need a provider of MERCHANT_KEYS');
    }
  }

  canActivate(context: ExecutionContext): true | Promise<true> {
    const rule = this.#rules.get(context.getClass())?.get(context.getHandler());
    if (rule === undefined || context.getType() !== 'http') throw new Forbidden();
    if (rule.isPublic) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const credential = credentialOf(request);
    if (credential === null) {
      if (this.policy.kind !== 'open') throw new Unauthenticated();
      return letIn(request, rule, nobody);
    }
    const caller = identify(credential, this.policy, this.#keys);
    return caller instanceof Promise
      ? caller.then((known) => letIn(request, rule, known))
      : letIn(request, rule, caller);
  }
}

function letIn(request: FastifyRequest, rule: DoorRule, caller: Caller | null): true {
  if (caller === null) throw new Unauthenticated();
  if (!admits(rule, caller)) throw new Forbidden();
  request.surroundings.caller = caller;
  return true;
}

function findOrNull<T>(moduleRef: ModuleRef, token: symbol): T | null {
  try {
    return moduleRef.get<T>(token, { strict: false });
  } catch {
    return null;
  }
}
