import type { BatchObserver, BatchReport } from '@onepoint/persistence';
import type { Counter, Histogram } from 'prom-client';
import type { Metrics } from './metrics.ts';

interface BatchNumbers {
  readonly size: Histogram<'batch'>;
  readonly waited: Histogram<'batch'>;
  readonly took: Histogram<'batch' | 'outcome'>;
  readonly refused: Counter<'batch' | 'reason'>;
  /** Heard of, and not counted yet. */
  readonly heard: BatchReport[];
}

const known = new WeakMap<Metrics, BatchNumbers>();

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Callers wait while their batch is counted: it is done for so many at once, or when somebody asks. */
const HEARD_MAX = 64;

/**
 * Hears what group commits do and counts it: batch sizes, how long the oldest job waited, how long a
 * batch took, and whom it had to refuse. `name` becomes the label `batch`.
 */
export function batchObserver(metrics: Metrics): BatchObserver {
  const numbers = known.get(metrics) ?? newNumbers(metrics);
  known.set(metrics, numbers);
  return {
    ran(report) {
      numbers.heard.push(report);
      if (numbers.heard.length >= HEARD_MAX) count(numbers);
    },
    refused(name, reason) {
      numbers.refused.inc({ batch: name, reason });
    },
  };
}

function count({ heard, size, waited, took }: BatchNumbers): void {
  for (const report of heard.splice(0)) {
    const { name, outcome } = report;
    size.observe({ batch: name }, report.size);
    waited.observe({ batch: name }, report.waitedMs / 1_000);
    took.observe({ batch: name, outcome }, report.tookMs / 1_000);
  }
}

function newNumbers(metrics: Metrics): BatchNumbers {
  // Of each, since the registry promises no order in which it asks them.
  const collect = (): void => count(numbers);
  const numbers: BatchNumbers = {
    heard: [],
    size: metrics.histogram({
      name: 'onepoint_batch_jobs',
      help: 'Jobs that shared one transaction or request',
      labelNames: ['batch'],
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      collect,
    }),
    waited: metrics.histogram({
      name: 'onepoint_batch_waited_seconds',
      help: 'How long the oldest job of a batch waited for it',
      labelNames: ['batch'],
      buckets: SECONDS,
      collect,
    }),
    took: metrics.histogram({
      name: 'onepoint_batch_took_seconds',
      help: 'How long a batch took',
      labelNames: ['batch', 'outcome'],
      buckets: SECONDS,
      collect,
    }),
    refused: metrics.counter({
      name: 'onepoint_batch_refused_total',
      help: 'Jobs refused because the queue was full or their deadline had passed',
      labelNames: ['batch', 'reason'],
    }),
  };
  return numbers;
}
