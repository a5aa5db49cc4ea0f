import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import { z } from 'zod';

/** What a use still has to do when its wait for Point is over. */
const END_OF_USE_MS = 1_000;

const dealSettingsSchema = processSettingsSchema
  .extend({
    /** How long a use waits for Point (domain: 610 ms). */
    DEAL_USE_BUDGET_MS: z.coerce.number().int().min(10).max(10_000).default(610),
    /** How long a save or cancel tries Point before it is deferred. */
    DEAL_DIRECT_BUDGET_MS: z.coerce.number().int().min(10).max(10_000).default(300),
    /** After this long a pending use was left behind by a crash. */
    DEAL_PENDING_MAX_MS: z.coerce.number().int().min(1_000).max(60_000).default(3_000),
    DEAL_SWEEP_EVERY_MS: z.coerce.number().int().min(50).max(60_000).default(1_000),
  })
  .refine((env) => env.DEAL_PENDING_MAX_MS >= env.DEAL_USE_BUDGET_MS + END_OF_USE_MS, {
    path: ['DEAL_PENDING_MAX_MS'],
    error: `must be ${END_OF_USE_MS} above DEAL_USE_BUDGET_MS, or living uses are given up`,
  });

/** Deal's environment, parsed once. */
export type DealSettings = Readonly<z.infer<typeof dealSettingsSchema>>;

/** Reads the environment. Throws `SettingsError` with a line for each wrong variable. */
export function dealSettings(env: NodeJS.ProcessEnv): DealSettings {
  return parseSettings(dealSettingsSchema, env);
}
