import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

const bucketsS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Observe = (request: FastifyRequest, reply: FastifyReply, route: string) => void;

/**
 * The duration of every request by route, method and status. Its series are looked up once and kept:
 * at thousands of requests per second the labels are not hashed again each time. They are as many as
 * there are routes, for unknown addresses count as one.
 */
export function requestDuration(metrics: Metrics): Observe {
  const histogram = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsS,
  });
  const series = new Map<string, Map<string, Map<number, { observe(valueS: number): void }>>>();
  return (request, reply, route) => {
    const ofRoute = within(series, route);
    const ofMethod = within(ofRoute, request.method);
    let one = ofMethod.get(reply.statusCode);
    if (one === undefined) {
      one = histogram.labels(request.method, route, String(reply.statusCode));
      ofMethod.set(reply.statusCode, one);
    }
    one.observe(reply.elapsedTime / 1000);
  };
}

function within<K, V>(map: Map<string, Map<K, V>>, key: string): Map<K, V> {
  let inner = map.get(key);
  if (inner === undefined) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}
