import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import { z } from 'zod';

const HOUR_MS = 3_600_000;

const pointSettingsSchema = processSettingsSchema.extend({
  /** How long a change waits for its member or original before it is void. */
  POINT_WAIT_MAX_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(720 * HOUR_MS)
    .default(24 * HOUR_MS),
  /** How often waiting changes are looked for. */
  POINT_SWEEP_EVERY_MS: z.coerce.number().int().min(50).max(60_000).default(500),
});

/** Point's environment, parsed once. */
export type PointSettings = Readonly<z.infer<typeof pointSettingsSchema>>;

/** Reads the environment. Throws `SettingsError` with a line for each wrong variable. */
export function pointSettings(env: NodeJS.ProcessEnv): PointSettings {
  return parseSettings(pointSettingsSchema, env);
}
