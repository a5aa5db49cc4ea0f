import { describe, expect, it } from '@jest/globals';
import { inOrder, readMetrics, stagesBetween, sumOf } from './metrics-text.ts';

const BEFORE = `
# HELP onepoint_batch_jobs Jobs that shared one transaction or request
# TYPE onepoint_batch_jobs histogram
onepoint_batch_jobs_bucket{le="1",batch="deal-records"} 1
onepoint_batch_jobs_sum{batch="deal-records"} 10
onepoint_batch_jobs_count{batch="deal-records"} 5
onepoint_batch_jobs_count{batch="deal-ends"} 3
onepoint_batch_waited_seconds_sum{batch="deal-records"} 0.5
onepoint_batch_took_seconds_sum{batch="deal-records",outcome="done"} 1
onepoint_batch_took_seconds_sum{batch="deal-records",outcome="failed"} 0
`;
const AFTER = `
onepoint_batch_jobs_sum{batch="deal-records"} 110
onepoint_batch_jobs_count{batch="deal-records"} 15
onepoint_batch_jobs_count{batch="deal-ends"} 3
onepoint_batch_waited_seconds_sum{batch="deal-records"} 0.52
onepoint_batch_took_seconds_sum{batch="deal-records",outcome="done"} 1.04
onepoint_batch_took_seconds_sum{batch="deal-records",outcome="failed"} 0.01
events_published_total 7
quoted{text="a \\"b\\" {c}, d=\\\\e\\nf"} 1e3
`;

describe('the text of /metrics', () => {
  it('is read line by line, comments and blank lines passed over', () => {
    expect(readMetrics(BEFORE)).toHaveLength(7);
    expect(readMetrics('events_published_total 7')).toEqual([
      { name: 'events_published_total', labels: {}, value: 7 },
    ]);
  });

  it('keeps what labels say, quotes and braces included', () => {
    const [sample] = readMetrics(AFTER).filter(({ name }) => name === 'quoted');
    expect(sample).toEqual({
      name: 'quoted',
      labels: { text: 'a "b" {c}, d=\\e\nf' },
      value: 1_000,
    });
  });

  it('is summed over the labels that are not asked for', () => {
    const samples = readMetrics(AFTER);
    const took = 'onepoint_batch_took_seconds_sum';
    expect(sumOf(samples, took, { batch: 'deal-records' })).toBeCloseTo(1.05);
    expect(sumOf(samples, 'no_such_name')).toBe(0);
  });
});

describe('the stages of a load', () => {
  it('stand in the order in which a use goes through them, others behind', () => {
    const names = ['billing-lines', 'deal-ends', 'point-calls-use', 'deal-records'];
    const stages = names.map((batch) => ({ batch, batches: 1, jobs: 1, waitedMs: 0, tookMs: 0 }));
    expect(inOrder(stages).map(({ batch }) => batch)).toEqual([
      ...['deal-records', 'point-calls-use', 'deal-ends', 'billing-lines'],
    ]);
  });

  it('are the differences of two looks, each batch counted once', () => {
    const [stage, ...others] = stagesBetween(readMetrics(BEFORE), readMetrics(AFTER));
    expect(others).toEqual([]);
    expect(stage).toMatchObject({ batch: 'deal-records', batches: 10, jobs: 10 });
    expect(stage?.waitedMs).toBeCloseTo(2);
    expect(stage?.tookMs).toBeCloseTo(5);
  });

  it('counts from nothing when the service had not begun to count', () => {
    expect(stagesBetween([], readMetrics(AFTER)).map(({ batch }) => batch)).toEqual([
      'deal-ends',
      'deal-records',
    ]);
  });
});
