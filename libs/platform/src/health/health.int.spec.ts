import { describe, expect, it } from '@jest/globals';
import type { ProcessSettings } from '../settings/process-settings.ts';
import { startService } from '../process/start-service.ts';
import { LogLines } from '../testing/log-lines.ts';
import { SampleController, sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import type { ReadinessCheck, ReadinessChecks } from './readiness-check.ts';
import { Readiness } from './readiness.ts';

const passing = (name: string, required = true): ReadinessCheck => ({
  name,
  required,
  check: () => Promise.resolve(),
});
const failing = (name: string, required: boolean): ReadinessCheck => ({
  name,
  required,
  check: () => Promise.reject(new Error('no route to 10.0.0.7')),
});

async function ask(checks: ReadinessChecks, settings: ProcessSettings = sampleSettings()) {
  const lines = new LogLines();
  const blueprint = sampleBlueprint(settings, [SampleController], { checks });
  const service = await startService(blueprint, { logDestination: lines });
  try {
    const ready = await fetch(`${service.url}/health/ready`);
    const live = await fetch(`${service.url}/health/live`);
    return {
      status: ready.status,
      body: (await ready.json()) as Record<string, unknown>,
      live: live.status,
      log: lines.text,
    };
  } finally {
    await service.stop();
  }
}

describe('readiness', () => {
  it('is ok when all is there', async () => {
    const { status, body } = await ask([passing('database'), passing('broker')]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      info: { database: { status: 'up' }, broker: { status: 'up' } },
    });
  });

  it('is degraded, and still 200, without something the service can do without', async () => {
    const { status, body } = await ask([passing('database'), failing('broker', false)]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      details: { database: { status: 'up' }, broker: { status: 'degraded' } },
    });
  });

  it('fails without something the service needs, while the process is still live', async () => {
    const { status, body, live } = await ask([failing('database', true), failing('broker', false)]);
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: 'error', error: { database: { status: 'down' } } });
    expect(live).toBe(200);
  });

  it('gives the reason to the log and not to whoever asks', async () => {
    const { body, log } = await ask(
      [failing('database', true)],
      sampleSettings({ LOG_LEVEL: 'warn' }),
    );
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    expect(log).toContain('database is not there: no route to 10.0.0.7');
  });

  it('may be asked of providers that exist only once the app is built', async () => {
    const { body } = await ask((find) => [
      { ...passing('self'), check: () => Promise.resolve(void find(Readiness).isOn) },
    ]);
    expect(body).toMatchObject({ status: 'ok', info: { self: { status: 'up' } } });
  });
});
