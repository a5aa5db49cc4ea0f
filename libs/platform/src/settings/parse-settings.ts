import type { z } from 'zod';
import { freezeDeeply } from './freeze-deeply.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Reads settings from an environment: once, typed, deeply frozen. A blank variable counts as absent.
 * Variables that the schema does not name are ignored.
 *
 * @throws SettingsError with one line per wrong variable; no line repeats a value, for it may be a secret.
 */
export function parseSettings<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<S> {
  const named: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = env[name] ?? derived(name, env);
    if (value !== undefined && value.trim() !== '') named[name] = value.trim();
  }
  const result = schema.safeParse(named);
  if (result.success) return freezeDeeply(result.data);
  throw new SettingsError(result.error.issues.map((issue) => lineOf(issue, named)));
}

/** Defaults that hang on another variable: a schema's own default cannot see it. */
function derived(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  switch (name) {
    case 'POINT_URL':
      return urlOfPort(env['POINT_PORT']);
    case 'DEAL_URL':
      return urlOfPort(env['DEAL_PORT']);
    case 'DRAIN_MS':
      return env['NODE_ENV']?.trim() === 'production' ? '5000' : undefined;
    default:
      return undefined;
  }
}

function urlOfPort(port: string | undefined): string | undefined {
  const trimmed = port?.trim() ?? '';
  return /^\d+$/.test(trimmed) && Number(trimmed) <= 65_535
    ? `http://127.0.0.1:${trimmed}`
    : undefined;
}

function lineOf(issue: z.core.$ZodIssue, named: Readonly<Record<string, string>>): string {
  const name = String(issue.path[0] ?? 'settings');
  const missing = issue.code === 'invalid_type' && !Object.hasOwn(named, name);
  return `${name}: ${missing ? 'is required' : issue.message}`;
}
