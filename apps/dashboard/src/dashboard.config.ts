import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';

/** Dashboard's environment, parsed once: it needs nothing beyond what every service has. */
export type DashboardSettings = ProcessSettings;

/** Reads the environment. Throws `SettingsError` with a line for each wrong variable. */
export function dashboardSettings(env: NodeJS.ProcessEnv): DashboardSettings {
  return parseSettings(processSettingsSchema, env);
}
