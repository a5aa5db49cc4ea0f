import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import type { ServiceName } from '@onepoint/contracts';
import { request } from 'undici';
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

type Method = 'GET' | 'POST' | 'DELETE';

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
    method: Method,
    path: string,
    answer: z.ZodType<Answer>,
    body?: string,
  ): Promise<Answer> {
    return answer.parse(JSON.parse(await this.askText(service, method, path, body)));
  }

  /** The answer as it came. @throws ServiceAway, ServiceRefused */
  async askText(
    service: ServiceName,
    method: Method,
    path: string,
    body?: string,
  ): Promise<string> {
    const { status, text } = await this.send(service, method, path, body);
    if (status < 300) return text;
    const { code, detail } = problemIn(text);
    throw new ServiceRefused(service, status, code, detail ?? '');
  }

  private async send(
    service: ServiceName,
    method: Method,
    path: string,
    body: string | undefined,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const url = this.urlOf(service);
    const token = this.settings.SERVICE_TOKEN;
    try {
      // Not fetch: with its streams a rebuild would spend more on asking than on reading what it asks for.
      const response = await request(new URL(path, url), {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        ...{ headersTimeout: ANSWER_MAX_MS, bodyTimeout: ANSWER_MAX_MS },
      });
      return { status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      throw new ServiceAway(service, url, error);
    }
  }
}

/** What a refusal says of itself; a proxy's says nothing that is understood here. */
function problemIn(text: string): z.infer<typeof problem> {
  try {
    return problem.parse(JSON.parse(text));
  } catch {
    return { code: 'UNKNOWN' };
  }
}
