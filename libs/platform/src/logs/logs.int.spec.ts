import { Body, Controller, Get, Logger, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { contextHeaders, currentContext, runInContext } from '../context/request-context.ts';
import { Allow } from '../doors/allow.ts';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { LogLines } from '../testing/log-lines.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';

const marker = 'PLANTED-91c4';
const memberSchema = z.strictObject({ name: z.string(), phone: z.string() });

@Controller('log')
@Allow('public')
class LoggingController {
  readonly #logger = new Logger('Logging');

  @Post('members')
  signUp(@Body({ schema: memberSchema }) member: z.infer<typeof memberSchema>): unknown {
    this.#logger.log({ msg: 'signed up', member });
    return { context: currentContext()?.requestId, headers: contextHeaders() };
  }

  @Get('fault')
  fail(): never {
    throw Object.assign(new Error(`no route to mysql://root:${marker}@db`), { sql: marker });
  }
}

async function start(level: string) {
  const lines = new LogLines();
  const blueprint = sampleBlueprint(sampleSettings({ LOG_LEVEL: level }), [LoggingController]);
  const service = await startService(blueprint, { logDestination: lines });
  return { service, lines };
}

describe('the log of a service', () => {
  let service: RunningService;
  let lines: LogLines;
  beforeAll(async () => {
    ({ service, lines } = await start('info'));
  });
  afterAll(() => service.stop());

  const signUp = (headers: Record<string, string> = {}) =>
    fetch(`${service.url}/log/members?phone=${marker}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${marker}`,
        ...headers,
      },
      body: JSON.stringify({ name: marker, phone: marker }),
    });
  const linesOf = (requestId: string) =>
    lines.parsed.filter((line) => line['requestId'] === requestId);

  it('has nothing personal and no credential in it (P13)', async () => {
    const response = await signUp({ 'x-request-id': 'personal-1', cookie: `a=${marker}` });
    expect(response.status).toBe(201);
    await fetch(`${service.url}/log/fault?phone=${marker}`);
    expect(linesOf('personal-1').map((line) => line['msg'])).toEqual(['signed up', 'request']);
    expect(lines.text).toContain('a request failed');
    expect(lines.text).not.toContain(marker);
  });

  it('masks a key that somebody sends as the id of a request', async () => {
    const response = await signUp({ 'x-request-id': `opk_0123456789abcdef_${marker}` });
    expect(response.status).toBe(201);
    expect(linesOf('[redacted]').map((line) => line['msg'])).toEqual(['signed up', 'request']);
    expect(lines.text).not.toContain(marker);
  });

  it('ties the lines of one request together by its id and trace', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const response = await signUp({ 'x-request-id': 'tied-1', traceparent });
    const body = (await response.json()) as {
      context: string;
      headers: Record<string, string>;
    };
    expect(response.headers.get('x-request-id')).toBe('tied-1');
    expect(body.context).toBe('tied-1');
    expect(body.headers['x-request-id']).toBe('tied-1');
    expect(body.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(body.headers['traceparent']).not.toBe(traceparent);
    const [own] = linesOf('tied-1');
    expect(own).toMatchObject({ service: 'deal', level: 'info', context: 'Logging', traceId });
  });

  it('ties even what was refused before any work began', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await fetch(`${service.url}/log/members`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': 'refused-1',
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      },
      body: '{',
    });
    expect(linesOf('refused-1')).toEqual([expect.objectContaining({ status: 400, traceId })]);
  });

  it('makes an id of its own when the given one will not do', async () => {
    const response = await signUp({ 'x-request-id': 'no spaces allowed' });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells of each request by its route, and not of probes', async () => {
    await signUp({ 'x-request-id': 'routed-1' });
    await fetch(`${service.url}/health/live`, { headers: { 'x-request-id': 'probe-1' } });
    await fetch(`${service.url}/metrics`, { headers: { 'x-request-id': 'probe-2' } });
    expect(linesOf('routed-1').at(-1)).toMatchObject({
      msg: 'request',
      method: 'POST',
      route: '/log/members',
      status: 201,
      ms: expect.any(Number),
    });
    expect([...linesOf('probe-1'), ...linesOf('probe-2')]).toEqual([]);
  });

  it('keeps quiet about requests above info', async () => {
    const quiet = await start('warn');
    await fetch(`${quiet.service.url}/log/members`);
    await quiet.service.stop();
    expect(quiet.lines.parsed.map((line) => line['level'])).not.toContain('info');
    expect(quiet.lines.text).toContain('open doors');
  });
});

describe('a context', () => {
  const context = { requestId: 'r1', correlationId: 'c1', traceparent: '00-a-b-01' };

  it('is there within the work and nowhere else', async () => {
    const seen = await runInContext(context, async () => {
      await Promise.resolve();
      return currentContext();
    });
    expect(seen).toMatchObject(context);
    expect(currentContext()).toBeUndefined();
    expect(contextHeaders()).toEqual({});
  });

  it('of two pieces of work at once is not mixed up', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
    const seen = await Promise.all(
      ids.map((requestId) =>
        runInContext({ ...context, requestId }, async () => {
          await new Promise(setImmediate);
          return currentContext()?.requestId;
        }),
      ),
    );
    expect(seen).toEqual(ids);
  });
});
