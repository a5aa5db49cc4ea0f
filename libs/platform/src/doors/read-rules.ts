import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';
import { ALLOW_METADATA, type Admitted } from './allow.ts';
import { doorRuleOf, type DoorRule } from './door-rule.ts';

/** The process must not start: a route does not say who may come in (P12). */
export class RouteWithoutRule extends Error {
  override readonly name = 'RouteWithoutRule';

  constructor(routes: readonly string[]) {
    super(`every route needs @Allow(…), missing on: ${routes.join(', ')}`);
  }
}

type Handler = (...args: never[]) => unknown;

/** The rule of every route of an app: by controller, then by handler. */
export type DoorRules = ReadonlyMap<unknown, ReadonlyMap<unknown, DoorRule>>;

/**
 * Reads the rule of every route of every controller.
 *
 * @throws RouteWithoutRule naming all routes that have none
 */
export function readRules(modules: ModulesContainer): DoorRules {
  const rules = new Map<unknown, Map<unknown, DoorRule>>();
  const missing = new Set<string>();
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      rules.set(metatype, rulesOfController(metatype as Type, missing));
    }
  }
  if (missing.size > 0) throw new RouteWithoutRule([...missing]);
  return rules;
}

function rulesOfController(controller: Type, missing: Set<string>): Map<unknown, DoorRule> {
  const rules = new Map<unknown, DoorRule>();
  const prototype = controller.prototype as Record<string, unknown>;
  for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
    const handler = prototype[name] as Handler;
    const method: unknown = Reflect.getMetadata('method', handler);
    if (typeof method !== 'number') continue;
    const who = (Reflect.getMetadata(ALLOW_METADATA, handler) ??
      Reflect.getMetadata(ALLOW_METADATA, controller)) as readonly Admitted[] | undefined;
    if (who === undefined) {
      missing.add(
        `${RequestMethod[method] ?? method} ${pathOf(controller, handler)} (${controller.name}.${name})`,
      );
    } else {
      rules.set(handler, doorRuleOf(who));
    }
  }
  return rules;
}

function pathOf(controller: Type, handler: Handler): string {
  const parts = [Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)]
    .flatMap((part: unknown) => String(part ?? '').split('/'))
    .filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
