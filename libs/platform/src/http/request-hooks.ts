import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { runSurrounded } from '../context/request-context.ts';
import { RequestSurroundings } from '../context/request-surroundings.ts';
import type { Readiness } from '../health/readiness.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { Admission } from './admission.ts';
import { Replayable } from './replayable.ts';
import { accountForRequests, probes, unknownRoute } from './request-account.ts';

interface HookParts {
  readonly logger: Logger;
  /** For the line that every request leaves: see `plainLogger`. */
  readonly requestLogger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Requests in hand at most; probes are always let in. */
  readonly inHandMax: number;
}

/**
 * What happens around every request: its id, its surroundings, its duration and its log line. Hooks
 * and not interceptors, because they also see what the framework refuses, and cost next to nothing.
 */
export function addRequestHooks(fastify: FastifyInstance, parts: HookParts): void {
  const account = accountForRequests(parts.metrics, parts.requestLogger);
  const admission = new Admission(parts.inHandMax, parts.metrics);
  fastify.decorateRequest('surroundings');
  fastify.addHook('onRequest', (request, reply, done) => {
    const traceparent = request.headers['traceparent'];
    request.surroundings = new RequestSurroundings(
      request.id,
      typeof traceparent === 'string' ? traceparent : undefined,
      parts.logger,
    );
    reply.header('x-request-id', request.id);
    const isProbe = probes.has(request.routeOptions.url ?? unknownRoute);
    if (isProbe || admission.letIn(reply.raw)) done();
    else admission.refuse(reply);
  });
  // As late as possible: reading a body leaves the surroundings of whatever ran before it.
  fastify.addHook('preHandler', (request, _reply, done) => {
    runSurrounded(request.surroundings, done);
  });
  fastify.addHook('preSerialization', (_request, reply, payload, done) => {
    done(null, payload instanceof Replayable ? unwrap(payload, reply) : payload);
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    // Once we stop, clients should look for another instance and not wait on this connection (P8).
    if (!parts.readiness.isOn) reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    account(request, reply);
    done();
  });
}

function unwrap(answer: Replayable, reply: FastifyReply): unknown {
  reply.code(answer.status);
  if (answer.replayed) reply.header('idempotent-replayed', 'true');
  return answer.body;
}
