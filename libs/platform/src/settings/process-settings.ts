import { z } from 'zod';
import { parseOperatorTokens, type OperatorToken } from '../doors/operator-token.ts';

const wholeNumber = (min: number, max: number, mustBe: string) =>
  z.coerce.number(mustBe).int(mustBe).min(min, mustBe).max(max, mustBe);

const port = wholeNumber(0, 65_535, 'must be a port, 0 to 65535');

const urlOf = (protocol: RegExp, example: string) =>
  z.url({ protocol, hostname: /./, error: `must be a URL like ${example}` });

const keptEvents = 'must be 0 (for ever), or 1 to 3650 days in milliseconds';

const operatorTokens = z
  .string()
  .transform((text, context): readonly OperatorToken[] => {
    const read = parseOperatorTokens(text);
    if ('operators' in read) return read.operators;
    context.addIssue({ code: 'custom', message: read.wrong });
    return z.NEVER;
  })
  .default([]);

/**
 * The environment that every process of OnePoint understands. A service adds its own variables with
 * `processSettingsSchema.extend({…})` and reads all of them at once with `parseSettings`.
 */
export const processSettingsSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  ONEPOINT_HOST: z
    .string()
    .max(255, 'must be a host name or an address')
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  ONEPOINT_DATA: z.string().max(1_000, 'is too long').default('.onepoint'),
  MYSQL_URL: urlOf(/^mysql$/, 'mysql://user:password@host:3306').default(
    'mysql://root@127.0.0.1:3306',
  ),
  MYSQL_DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and _')
    .default('onepoint_'),
  RABBITMQ_URL: urlOf(/^amqps?$/, 'amqp://user:password@host:5672').default(
    'amqp://guest:guest@127.0.0.1:5672',
  ),
  EVENTS_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9, _ and -')
    .default('onepoint'),
  /** Events of one kind in one message at most; 1 sends each alone, for readers who know no arrays. */
  EVENTS_PER_MESSAGE_MAX: wholeNumber(1, 500, 'must be 1 to 500 events').default(200),
  BUSINESS_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone like Asia/Seoul')
    .default('Asia/Seoul'),
  LOG_LEVEL: z
    .enum(
      ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'must be silent, fatal, error, warn, info, debug or trace',
    )
    .default('info'),
  /** Milliseconds between "not ready" and closing the door: time for a balancer to notice (P8). */
  DRAIN_MS: wholeNumber(0, 60_000, 'must be 0 to 60000 milliseconds').default(0),
  /** Requests that a process has in hand at most; one more is answered 503 at once (P14). */
  HTTP_IN_HAND_MAX: wholeNumber(1, 100_000, 'must be 1 to 100000 requests').default(400),
  /** Milliseconds that answers of Idempotency-Keys are kept: 24 h (domain) to 30 days. */
  IDEMPOTENCY_KEEP_MS: wholeNumber(
    86_400_000,
    2_592_000_000,
    'must be 24 to 720 hours in milliseconds',
  ).default(172_800_000),
  /**
   * Milliseconds that a sent event stays in its service's journal: 0 for ever, else 1 day to 10 years. The
   * default is 400 days: a whole business year, and a month to close and dispute it.
   */
  OUTBOX_KEEP_MS: z.coerce
    .number(keptEvents)
    .int(keptEvents)
    .refine((value) => value === 0 || (value >= 86_400_000 && value <= 315_360_000_000), keptEvents)
    .default(34_560_000_000),
  SERVICE_TOKEN: z
    .string()
    .min(32, 'must have at least 32 characters')
    .max(512, 'must have at most 512 characters')
    .optional(),
  OPERATOR_TOKENS: operatorTokens,
  POINT_PORT: port.default(8081),
  MEMBER_PORT: port.default(8082),
  DASHBOARD_PORT: port.default(8083),
  BILLING_PORT: port.default(8084),
  DEAL_PORT: port.default(8085),
  POINT_URL: urlOf(/^https?$/, 'http://127.0.0.1:8081').default('http://127.0.0.1:8081'),
  DEAL_URL: urlOf(/^https?$/, 'http://127.0.0.1:8085').default('http://127.0.0.1:8085'),
});

/** The settings that every process has, parsed and frozen. */
export type ProcessSettings = Readonly<z.infer<typeof processSettingsSchema>>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
