import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import { Metrics } from './metrics.ts';

describe('metrics', () => {
  let one: RunningService;
  let other: RunningService;
  beforeAll(async () => {
    one = await startService(sampleBlueprint(sampleSettings()));
    other = await startService(sampleBlueprint(sampleSettings()));
  });
  afterAll(async () => {
    await one.stop();
    await other.stop();
  });

  async function countsOf(service: RunningService): Promise<Record<string, number>> {
    const response = await fetch(`${service.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const counts: Record<string, number> = {};
    const pattern = /^http_server_request_duration_seconds_count\{(.*)\} (\d+)$/gm;
    for (const [, labels = '', count] of (await response.text()).matchAll(pattern)) {
      counts[labels] = Number(count);
    }
    return counts;
  }

  it('count requests by route, method and status, each app its own', async () => {
    await fetch(`${one.url}/sample/orders/1`);
    await fetch(`${one.url}/sample/orders/2?limit=7`);
    await fetch(`${one.url}/sample/orders/x`);
    await fetch(`${one.url}/guess/1`);
    await fetch(`${one.url}/guess/2`);
    expect(await countsOf(one)).toEqual({
      'method="GET",route="/sample/orders/:id",status="200"': 2,
      'method="GET",route="/sample/orders/:id",status="400"': 1,
      'method="GET",route="(none)",status="404"': 2,
    });
    expect(await countsOf(other)).toEqual({});
  });

  it('show the process once and what a service counts itself', async () => {
    const counter = one.app.get(Metrics).counter({ name: 'deals_total', help: 'deals' });
    counter.inc(3);
    const text = await (await fetch(`${one.url}/metrics`)).text();
    expect(text).toContain('deals_total 3');
    expect(text.match(/^process_resident_memory_bytes /gm)).toHaveLength(1);
    expect(await (await fetch(`${other.url}/metrics`)).text()).not.toContain('deals_total');
  });
});
