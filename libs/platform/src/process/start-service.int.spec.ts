import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Controller, Get, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describe, expect, it, jest } from '@jest/globals';
import { Allow } from '../doors/allow.ts';
import { Readiness } from '../health/readiness.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import { startService } from './start-service.ts';

class Gate {
  entered!: () => void;
  open!: () => void;
  readonly isEntered = new Promise<void>((resolve) => (this.entered = resolve));
  readonly isOpen = new Promise<void>((resolve) => (this.open = resolve));
}
let gate = new Gate();

@Controller('slow')
class SlowController {
  @Get()
  @Allow('public')
  async wait(): Promise<{ done: true }> {
    gate.entered();
    await gate.isOpen;
    return { done: true };
  }
}

/** Resolves once nobody listens there any more. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'accepted'),
      once(socket, 'error').then(() => 'refused'),
    ]).catch(() => 'refused');
    socket.destroy();
    if (outcome === 'refused') return;
  }
}

/** Resolves once the stopping service has looked for idle connections after its door was shut. */
function untilIdleClosed(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const close = server.closeIdleConnections.bind(server);
  return new Promise((resolve) => {
    jest.spyOn(server, 'closeIdleConnections').mockImplementation(() => {
      close();
      if (!server.listening) setImmediate(resolve);
    });
  });
}

class Recorder extends Server implements CustomTransportStrategy {
  readonly steps: string[] = [];
  listen(callback: () => void): void {
    this.steps.push('listen');
    callback();
  }
  close(): void {
    this.steps.push('close');
  }
  on(): never {
    throw new Error('not used');
  }
  unwrap<T>(): T {
    throw new Error('not used');
  }
}

describe('a service that is stopped', () => {
  it('takes no new connection and finishes the request in hand', async () => {
    gate = new Gate();
    const service = await startService(sampleBlueprint(sampleSettings(), [SlowController]));
    const answer = fetch(`${service.url}/slow`);
    await gate.isEntered;
    const idleClosed = untilIdleClosed(service.app);
    const stopped = service.stop();
    await untilRefused(service.url);
    await idleClosed;
    gate.open();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect([response.status, await response.json()]).toEqual([200, { done: true }]);
    await stopped;
  });

  it('is not ready from the first moment, and goes on answering while it drains (P8)', async () => {
    const settings = sampleSettings({ DRAIN_MS: '1500' });
    const service = await startService(sampleBlueprint(settings));
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    const stopped = service.stop();
    const ready = await fetch(`${service.url}/health/ready`);
    const work = await fetch(`${service.url}/sample/public`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'shutting_down' }),
    ]);
    expect([work.status, work.headers.get('connection')]).toEqual([200, 'close']);
    await stopped;
  });

  it('stops once, however often it is asked', async () => {
    let closed = 0;
    @Injectable()
    class CountsClosing implements OnModuleDestroy {
      onModuleDestroy(): void {
        closed += 1;
      }
    }
    const blueprint = sampleBlueprint(sampleSettings());
    @Module({ imports: [blueprint.module], providers: [CountsClosing] })
    class CountingModule {}
    const service = await startService({ ...blueprint, module: CountingModule });
    await Promise.all([service.stop(), service.stop()]);
    await service.stop();
    expect(closed).toBe(1);
  });
});

describe('a service that starts', () => {
  it('attaches what it hears events by, and closes it at the end', async () => {
    const recorder = new Recorder();
    const blueprint = { ...sampleBlueprint(sampleSettings()), strategies: () => [recorder] };
    const service = await startService(blueprint);
    expect(recorder.steps).toEqual(['listen']);
    expect(service.app.get(Readiness).isOn).toBe(true);
    await service.stop();
    expect(recorder.steps).toEqual(['listen', 'close']);
  });

  it('fails on a port that is taken, without having heard a single event', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const recorder = new Recorder();
    const start = startService({
      ...sampleBlueprint(sampleSettings()),
      port,
      strategies: () => [recorder],
    });
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE', port });
    expect(recorder.steps).not.toContain('listen');
    squatter.close();
  });
});

describe('the documents of a service', () => {
  it('come from the schemas that check its requests, and say who may come in', async () => {
    const service = await startService(sampleBlueprint(sampleSettings()));
    const page = await fetch(`${service.url}/docs`);
    const script = await fetch(`${service.url}/docs/swagger-ui.css`);
    expect([await page.text(), await script.text()]).toEqual([
      expect.stringContaining('swagger-ui'),
      expect.stringContaining('.swagger-ui'),
    ]);
    const response = await fetch(`${service.url}/docs/openapi.json`);
    const { paths, components, info } = (await response.json()) as {
      paths: Record<string, unknown>;
      components: unknown;
      info: unknown;
    };
    await service.stop();
    expect(info).toMatchObject({ title: 'Sample' });
    expect(paths['/sample/orders']).toMatchObject({
      post: {
        'x-allow': ['public'],
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: false }],
        requestBody: {
          content: {
            'application/json': {
              schema: { required: ['amount'], additionalProperties: false },
            },
          },
        },
        responses: { default: { content: { 'application/problem+json': {} } } },
      },
    });
    expect(paths['/sample/orders/{id}']).toMatchObject({
      get: {
        parameters: [
          { name: 'id', in: 'path', schema: { type: 'integer' } },
          { name: 'limit', in: 'query', required: false, schema: { default: 50 } },
        ],
      },
    });
    expect(paths['/sample/service']).toMatchObject({
      get: { 'x-allow': ['service'], security: [{ bearer: [] }] },
    });
    expect(paths['/sample/public']).not.toHaveProperty('get.security');
    expect(components).toMatchObject({
      schemas: { Problem: { type: 'object', required: expect.arrayContaining(['code']) } },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    });
  });
});
