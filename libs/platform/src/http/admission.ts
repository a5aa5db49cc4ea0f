import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../metrics/metrics.ts';

const REFUSAL = JSON.stringify({
  type: '/problems/OVERLOADED',
  title: 'Overloaded',
  status: 503,
  code: 'OVERLOADED',
  detail: 'too many requests are in hand; nothing was begun, try again shortly',
});

/**
 * Bounds the requests that a process has in hand (P14). One more is refused before its body is read:
 * the cheapest answer there is, and the only one that is still quick when everything else is not.
 */
export class Admission {
  private inHand = 0;
  private readonly letGo = (): void => {
    this.inHand -= 1;
  };
  private readonly gauge: Gauge;
  private readonly refused: Counter;

  /** @param inHandMax from 1 */
  constructor(
    private readonly inHandMax: number,
    metrics: Metrics,
  ) {
    this.gauge = metrics.gauge({
      name: 'http_server_requests_in_hand',
      help: 'Requests that have been let in and not answered yet',
      collect: () => this.gauge.set(this.inHand),
    });
    this.refused = metrics.counter({
      name: 'http_server_requests_refused_total',
      help: 'Requests refused because too many were in hand',
    });
  }

  /** Lets a request in until its response is over, however that ends; false when there is no room. */
  letIn(response: ServerResponse): boolean {
    if (this.inHand >= this.inHandMax) {
      this.refused.inc();
      return false;
    }
    this.inHand += 1;
    // A response closes once, so there is nothing to take off again as `once` would.
    response.on('close', this.letGo);
    return true;
  }

  /** The answer to one that was not let in. */
  refuse(reply: FastifyReply): void {
    reply.code(503).header('retry-after', '1').type('application/problem+json').send(REFUSAL);
  }
}
