import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import type { ServiceName } from '@onepoint/contracts';
import { z } from 'zod';

const settingsSchema = processSettingsSchema.extend({
  MEMBER_URL: z.url({ protocol: /^https?$/ }).optional(),
  BILLING_URL: z.url({ protocol: /^https?$/ }).optional(),
  DASHBOARD_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** The environment of an operator: where everything is. */
export type OperatorSettings = Readonly<z.infer<typeof settingsSchema>>;

/** @throws SettingsError */
export function operatorSettings(env: NodeJS.ProcessEnv): OperatorSettings {
  return parseSettings(settingsSchema, env);
}

/** A service answered otherwise than it should. */
export class ServiceRefused extends Error {
  override readonly name = 'ServiceRefused';

  constructor(
    service: ServiceName,
    readonly httpStatus: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${service} answered ${httpStatus} ${code}: ${detail}`);
  }
}

/** A service could not be asked. */
export class ServiceAway extends Error {
  override readonly name = 'ServiceAway';

  constructor(service: ServiceName, url: string, cause: unknown) {
    super(`${service} cannot be asked at ${url}`, { cause });
  }
}

const problem = z.object({ code: z.string(), detail: z.string().optional() });
const ANSWER_MAX_MS = 60_000;

/** The internal doors of the services, with the credential of a service where one is set. */
export class ServiceDoors {
  constructor(private readonly settings: OperatorSettings) {}

  urlOf(service: ServiceName): string {
    const { settings } = this;
    const at = (port: number): string => `http://${settings.ONEPOINT_HOST}:${port}`;
    switch (service) {
      case 'point':
        return settings.POINT_URL;
      case 'deal':
        return settings.DEAL_URL;
      case 'member':
        return settings.MEMBER_URL ?? at(settings.MEMBER_PORT);
      case 'billing':
        return settings.BILLING_URL ?? at(settings.BILLING_PORT);
      case 'dashboard':
        return settings.DASHBOARD_URL ?? at(settings.DASHBOARD_PORT);
      default:
        return service satisfies never;
    }
  }

  /** @throws ServiceAway, ServiceRefused */
  async ask<Answer>(
    service: ServiceName,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    answer: z.ZodType<Answer>,
    body?: string,
  ): Promise<Answer> {
    const url = this.urlOf(service);
    const token = this.settings.SERVICE_TOKEN;
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    }).catch((error: unknown) => {
      throw new ServiceAway(service, url, error);
    });
    const said: unknown = await response.json().catch(() => null);
    if (response.ok) return answer.parse(said);
    const { code, detail } = problem.catch({ code: 'UNKNOWN' }).parse(said);
    throw new ServiceRefused(service, response.status, code, detail ?? '');
  }
}
