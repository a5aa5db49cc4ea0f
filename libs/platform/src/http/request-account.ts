import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { traceIdOf } from '../context/traceparent.ts';
import { redactText } from '../logs/redact.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { requestDuration, type DurationSeries } from '../metrics/request-duration.ts';

export const unknownRoute = '(none)';
export const probes: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/** What requests of one kind are accounted by. */
interface Account {
  readonly duration: DurationSeries;
  /** Begins each line with what they have in common; null when there is to be no line. */
  readonly logger: Logger | null;
}

/**
 * Accounts for every request once it is over, in the metrics and by a log line. What requests to one route, by one
 * method, that end in one status have in common is made once and kept: at thousands of requests per second labels and
 * fields are not put together again each time. They are few, for unknown addresses count as one.
 *
 * @param logger its lines are not looked over for secrets
 */
export function accountForRequests(
  metrics: Metrics,
  logger: Logger,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const durationOf = requestDuration(metrics);
  const accounts = new Map<string, Account>();
  const open = (method: string, route: string, status: number): Account => ({
    duration: durationOf(method, route, status),
    logger:
      probes.has(route) || !logger.isLevelEnabled('info')
        ? null
        : logger.child({ method, route, status }),
  });
  return (request, reply) => {
    const { method, id, surroundings } = request;
    const { elapsedTime, statusCode } = reply;
    const route = request.routeOptions.url ?? unknownRoute;
    const kind = `${statusCode} ${method} ${route}`;
    let account = accounts.get(kind);
    if (account === undefined) accounts.set(kind, (account = open(method, route, statusCode)));
    account.duration.observe(elapsedTime / 1_000);
    account.logger?.info(
      {
        // The one thing that a caller may have made up.
        requestId: redactText(id),
        traceId: traceIdOf(surroundings.traceparent),
        ms: Math.round(elapsedTime * 10) / 10,
      },
      'request',
    );
  };
}
