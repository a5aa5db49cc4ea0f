import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerFor, type Answer } from './problem-of.ts';

/** Answers whatever is thrown as a problem (RFC 9457). Nothing of an unforeseen error is shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Sends what was thrown as the answer, and logs it when it tells of trouble. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerFor(thrown, request.url);
  const { problem, retryAfterS } = answer;
  logTrouble(answer, thrown, request);
  if (reply.sent) return;
  if (retryAfterS !== null) reply.header('retry-after', String(retryAfterS));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem);
}

function logTrouble({ trouble }: Answer, thrown: unknown, request: FastifyRequest): void {
  if (trouble === 'none') return;
  const { logger, requestId } = request.surroundings;
  const route = `${request.method} ${request.routeOptions.url ?? '(none)'}`;
  switch (trouble) {
    case 'outage':
      logger.warn({ requestId, route, reason: String(thrown) }, 'the database cannot be reached');
      return;
    case 'unforeseen':
      logger.error({ requestId, route, err: thrown }, 'a request failed');
      return;
    default:
      trouble satisfies never;
  }
}
