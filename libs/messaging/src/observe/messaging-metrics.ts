import { isEventKey } from '@onepoint/contracts';
import type { Metrics } from '@onepoint/platform';
import type { MessagingObserver } from './messaging-observer.ts';

/** From a busy moment (10 ms) to a reader that was away for a day. */
const lagBucketsS = [0.01, 0.05, 0.25, 1, 5, 30, 300, 3_600, 86_400];

/** Counts one service's messaging in its metrics. */
export function messagingMetrics(metrics: Metrics): MessagingObserver {
  const labelNames = ['event'] as const;
  const counter = (name: string, help: string) => metrics.counter({ name, help, labelNames });
  const consumed = counter(
    'events_consumed_total',
    'Events handled, or of no concern by their text, and acknowledged',
  );
  const retried = counter('events_retried_total', 'Events that failed and are tried again');
  const dead = counter('events_dead_total', 'Events set aside for an operator');
  const returned = counter('events_unroutable_total', 'Events that nobody is bound to: an alarm');
  const published = metrics.counter({
    name: 'events_published_total',
    help: 'Events that the broker has taken',
  });
  const gauge = (name: string, help: string) => metrics.gauge({ name, help });
  const rows = gauge('outbox_unsent_rows', 'Outbox rows not sent yet, counted up to 10000');
  const age = gauge('outbox_oldest_unsent_seconds', 'Age of the oldest unsent outbox row');
  const leading = gauge('relay_leading', '1 in the process whose relay publishes');
  const marked = metrics.histogram({
    name: 'relay_marked_rows',
    help: 'Outbox rows marked as sent in one transaction',
    buckets: [1, 5, 20, 50, 100, 200],
  });
  const trimmed = metrics.counter({
    name: 'journal_trimmed_rows_total',
    help: 'Journal rows dropped because they had had their time',
  });
  const lag = metrics.histogram({
    name: 'event_lag_seconds',
    help: 'From an event happening to its effect being committed here, by the service that said it',
    labelNames: ['source'] as const,
    buckets: lagBucketsS,
  });
  return {
    consumed: (_service, key, events) => consumed.inc({ event: labelOf(key) }, events),
    retried: (_service, key) => retried.inc({ event: labelOf(key) }),
    dead: (_service, key) => dead.inc({ event: labelOf(key) }),
    returned: (key) => returned.inc({ event: key }),
    published: (events) => published.inc(events),
    outbox: (unsent, oldestAgeMs) => {
      rows.set(unsent);
      age.set(oldestAgeMs / 1_000);
    },
    marked: (count) => marked.observe(count),
    leading: (yes) => leading.set(yes ? 1 : 0),
    trimmed: (count) => trimmed.inc(count),
    handled: (source, lagMs) => lag.observe({ source }, lagMs / 1_000),
  };
}

/** A stranger may send any key: labels must stay a small fixed set. */
function labelOf(key: string): string {
  return isEventKey(key) ? key : 'unknown';
}
