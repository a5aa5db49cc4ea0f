import { parseSettings, processSettingsSchema } from '@onepoint/platform';
import type { ProcessSettings } from '@onepoint/platform';
import { z } from 'zod';

const milliseconds = (min: number, max: number, preset: number) =>
  z.coerce.number().int().min(min).max(max).default(preset);

const billingSettingsSchema = processSettingsSchema.extend({
  /** How long the settlement of a finished month waits for events that are still on their way. */
  BILLING_COMPLETENESS_WAIT_MS: milliseconds(0, 30_000, 2_000),
  /** How often it looks meanwhile. */
  BILLING_COMPLETENESS_LOOK_MS: milliseconds(10, 5_000, 200),
  /** How long Deal may take to answer. */
  BILLING_DEAL_TIMEOUT_MS: milliseconds(50, 60_000, 5_000),
  /** How often settled deals that are still to be announced are looked for. */
  BILLING_ANNOUNCE_EVERY_MS: milliseconds(20, 60_000, 500),
  /** How often closes that were left unfinished are looked for. */
  BILLING_CLOSE_EVERY_MS: milliseconds(20, 60_000, 1_000),
  /** After this long without a sign of life another process carries on with a close. */
  BILLING_CLOSE_LEASE_MS: milliseconds(100, 600_000, 10_000),
  /** Merchants that a close settles at once. */
  BILLING_CLOSE_PARALLEL: z.coerce.number().int().min(1).max(64).default(16),
});

/** Billing's environment, parsed once. */
export type BillingSettings = ProcessSettings & Readonly<z.infer<typeof billingSettingsSchema>>;

/** Reads the environment. Throws `SettingsError` with a line for each wrong variable. */
export function billingSettings(env: NodeJS.ProcessEnv): BillingSettings {
  return parseSettings(billingSettingsSchema, env);
}
