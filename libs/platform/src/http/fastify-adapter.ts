import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestIdOf } from '../context/request-surroundings.ts';
import { answerFor } from '../problem/problem-of.ts';
import { answerBrokenConnection } from './answer-broken-connection.ts';

/** Largest body that is read (api.md). */
export const bodyMaxBytes = 64 * 1024;
/** Longer than a balancer keeps an idle connection, so that it never reuses one we just closed. */
const keepAliveMs = 65_000;
/** A request that trickles in slower than this is cut off. */
const requestMaxMs = 30_000;

/** Fastify as every service runs it: strict about JSON, bounded in size and time. */
export function fastifyAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyMaxBytes,
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMaxMs,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: false,
    logger: false,
    requestIdHeader: false,
    genReqId: (raw: IncomingMessage) => requestIdOf(raw.headers['x-request-id']),
    // No service uses Nest middleware: hooks do that work for less.
    skipMiddie: true,
    routerOptions: { maxParamLength: 256 },
    clientErrorHandler: answerBrokenConnection,
    frameworkErrors: refuseAddress,
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  return adapter;
}

/** An address that the router cannot read is refused before any hook runs. */
function refuseAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { problem } = answerFor(error, request.url);
  reply
    .header('x-request-id', request.id)
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(problem);
}
