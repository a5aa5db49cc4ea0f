import type { Metrics } from './metrics.ts';

const bucketsS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The durations of requests to one route, by one method, that ended in one status. */
export interface DurationSeries {
  observe(valueS: number): void;
}

/** The duration of every request by route, method and status: answers the series of one of each. */
export function requestDuration(
  metrics: Metrics,
): (method: string, route: string, status: number) => DurationSeries {
  const histogram = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsS,
  });
  return (method, route, status) => histogram.labels(method, route, String(status));
}
