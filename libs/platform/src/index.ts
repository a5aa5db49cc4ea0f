export { CallerOf, CallerUnknown, callerName, type Caller } from './doors/caller.ts';
export { Allow, type Admitted } from './doors/allow.ts';
export { OPERATOR_COOKIE } from './doors/credential.ts';
export { scopes, type Scope } from './doors/scope.ts';
export type { OperatorToken } from './doors/operator-token.ts';
export {
  MERCHANT_KEYS,
  newMerchantKey,
  type KeptMerchantKey,
  type MerchantKeys,
  type NewMerchantKey,
} from './doors/merchant-key.ts';
export { isLoopback, openDoors, type DoorsSettings } from './doors/doors-policy.ts';
export { RouteWithoutRule } from './doors/read-rules.ts';
export {
  httpStatusOfCode,
  isProblemCode,
  type ProblemCode,
} from './problem/http-status-of-code.ts';
export { InvalidRequest, type CodedError, type FieldError } from './problem/coded-error.ts';
export { problemOf, type Problem } from './problem/problem-of.ts';
export { ApiProblems } from './docs/api-problems.ts';
export { IdempotencyKey } from './http/idempotency-key.ts';
export { ForgetOldKeys } from './http/forget-old-keys.ts';
export { Replayable } from './http/replayable.ts';
export {
  contextHeaders,
  currentContext,
  runInContext,
  type RequestContext,
} from './context/request-context.ts';
export { ContinuedWork } from './context/continued-work.ts';
export { continueTrace, traceIdOf } from './context/traceparent.ts';
export { Readiness } from './health/readiness.ts';
export {
  READINESS_CHECKS,
  type FindProvider,
  type ReadinessCheck,
  type ReadinessChecks,
} from './health/readiness-check.ts';
export { batchObserver } from './metrics/batch-metrics.ts';
export { Metrics } from './metrics/metrics.ts';
export { processSettingsSchema, type ProcessSettings } from './settings/process-settings.ts';
export { parseSettings } from './settings/parse-settings.ts';
export { SettingsError } from './settings/settings-error.ts';
export { Clock, SystemClock } from './time/clock.ts';
export { Rounds, type RoundsOptions } from './time/rounds.ts';
export { BusinessCalendar, NotInCalendar } from './time/business-calendar.ts';
export { PlatformModule, type PlatformOptions } from './platform.module.ts';
export { PROCESS_SETTINGS } from './settings/settings-token.ts';
export type { RunningService, ServiceBlueprint } from './process/service-blueprint.ts';
export { startService, type StartOptions } from './process/start-service.ts';
export { flushLogs } from './logs/standard-output.ts';
export { runAsProcess } from './process/run-as-process.ts';
export { explainFailure } from './process/explain-failure.ts';
export { nodeVersionComplaint } from './process/node-version.ts';
