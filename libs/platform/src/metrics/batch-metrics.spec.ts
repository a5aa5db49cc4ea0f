import { describe, expect, it } from '@jest/globals';
import { GroupCommit, Overloaded } from '@onepoint/persistence';
import { batchObserver } from './batch-metrics.ts';
import { Metrics } from './metrics.ts';

const report = { name: 'debits', size: 12, waitedMs: 3, tookMs: 40, outcome: 'done' } as const;

/** A series' value by its name and labels as Prometheus would read them. */
async function valuesOf(metrics: Metrics): Promise<Record<string, number>> {
  const text = await metrics.registry.metrics();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
}

describe('the numbers of batches', () => {
  it('tell how many jobs shared one, how long they waited and how long it took, in seconds', async () => {
    const metrics = new Metrics();
    const observer = batchObserver(metrics);
    observer.ran(report);
    observer.ran({ ...report, size: 500, waitedMs: 700, tookMs: 60 });
    observer.ran({ ...report, tookMs: 5, outcome: 'failed' });
    const values = await valuesOf(metrics);
    expect(values).toMatchObject({
      'onepoint_batch_jobs_count{batch="debits"}': 3,
      'onepoint_batch_jobs_sum{batch="debits"}': 524,
      'onepoint_batch_jobs_bucket{le="8",batch="debits"}': 0,
      'onepoint_batch_jobs_bucket{le="16",batch="debits"}': 2,
      'onepoint_batch_jobs_bucket{le="512",batch="debits"}': 3,
      'onepoint_batch_waited_seconds_bucket{le="0.0025",batch="debits"}': 0,
      'onepoint_batch_waited_seconds_bucket{le="0.005",batch="debits"}': 2,
      'onepoint_batch_took_seconds_count{batch="debits",outcome="done"}': 2,
      'onepoint_batch_took_seconds_count{batch="debits",outcome="failed"}': 1,
    });
    expect(values['onepoint_batch_waited_seconds_sum{batch="debits"}']).toBeCloseTo(0.706);
    expect(values['onepoint_batch_took_seconds_sum{batch="debits",outcome="done"}']).toBeCloseTo(
      0.1,
    );
  });

  it('tell whom a batch had to refuse, and why', async () => {
    const metrics = new Metrics();
    const observer = batchObserver(metrics);
    observer.refused?.('debits', 'overloaded');
    observer.refused?.('debits', 'overloaded');
    observer.refused?.('debits', 'deadline');
    expect(await valuesOf(metrics)).toMatchObject({
      'onepoint_batch_refused_total{batch="debits",reason="overloaded"}': 2,
      'onepoint_batch_refused_total{batch="debits",reason="deadline"}': 1,
    });
  });

  it('tell of every batch, however many there were since they were last asked for', async () => {
    const metrics = new Metrics();
    const observer = batchObserver(metrics);
    for (let batch = 0; batch < 1_000; batch += 1) observer.ran(report);
    expect(await valuesOf(metrics)).toMatchObject({
      'onepoint_batch_jobs_count{batch="debits"}': 1_000,
      'onepoint_batch_waited_seconds_count{batch="debits"}': 1_000,
      'onepoint_batch_took_seconds_count{batch="debits",outcome="done"}': 1_000,
    });
    observer.ran(report);
    expect(await valuesOf(metrics)).toMatchObject({
      'onepoint_batch_jobs_count{batch="debits"}': 1_001,
    });
  });

  it('of all batches of one service are kept together, and those of another apart', async () => {
    const [metrics, another] = [new Metrics(), new Metrics()];
    batchObserver(metrics).ran(report);
    batchObserver(metrics).ran({ ...report, name: 'marks' });
    batchObserver(metrics).ran(report);
    batchObserver(another).ran({ ...report, size: 1 });
    expect(await valuesOf(metrics)).toMatchObject({
      'onepoint_batch_jobs_count{batch="debits"}': 2,
      'onepoint_batch_jobs_count{batch="marks"}': 1,
    });
    expect(await valuesOf(another)).toMatchObject({
      'onepoint_batch_jobs_sum{batch="debits"}': 1,
    });
  });

  it('are what a group commit reports', async () => {
    const metrics = new Metrics();
    const group = new GroupCommit<number, number>({
      name: 'debits',
      batchMax: 10,
      queueMax: 2,
      run: (jobs) => Promise.resolve(jobs.map((job) => ({ ok: true, value: job }))),
      observe: batchObserver(metrics),
    });
    const answers = await Promise.allSettled([1, 2, 3].map((job) => group.submit(job)));
    expect(answers).toMatchObject([{ value: 1 }, { value: 2 }, { reason: expect.any(Overloaded) }]);
    expect(await valuesOf(metrics)).toMatchObject({
      'onepoint_batch_jobs_count{batch="debits"}': 1,
      'onepoint_batch_jobs_sum{batch="debits"}': 2,
      'onepoint_batch_refused_total{batch="debits",reason="overloaded"}': 1,
    });
  });
});
