import { Controller, Get, Inject, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServiceName } from '@onepoint/contracts';
import { PinoLogger } from 'nestjs-pino';
import { Allow } from '../doors/allow.ts';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { LogLines } from '../testing/log-lines.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';

const marker = 'PLANTED-83be';
/** What the controller says next. */
let say: (logger: Logger, pino: PinoLogger) => void = () => undefined;

@Controller('talk')
@Allow('public')
class TalkingController {
  readonly #logger = new Logger(TalkingController.name);

  constructor(@Inject(PinoLogger) private readonly pino: PinoLogger) {}

  @Get()
  async talk(): Promise<{ said: true }> {
    await new Promise(setImmediate);
    say(this.#logger, this.pino);
    return { said: true };
  }
}

/** Something that a service does by itself, outside of any request. */
class Ticking implements OnModuleInit {
  readonly #logger = new Logger(Ticking.name);
  ticked: Promise<void> = Promise.resolve();

  onModuleInit(): void {
    this.ticked = new Promise((resolve) => {
      setTimeout(() => {
        this.#logger.warn('tick');
        resolve();
      }, 1);
    });
  }
}

async function start(name: ServiceName, level: string) {
  const lines = new LogLines();
  const blueprint = sampleBlueprint(sampleSettings({ LOG_LEVEL: level }), [TalkingController]);
  @Module({ imports: [blueprint.module], providers: [Ticking] })
  class TickingModule {}
  const service = await startService(
    { ...blueprint, name, module: TickingModule },
    { logDestination: lines },
  );
  return { service, lines, name };
}

describe('five services in one process', () => {
  const levels = {
    point: 'trace',
    member: 'debug',
    dashboard: 'info',
    billing: 'warn',
    deal: 'error',
  };
  const named = Object.entries(levels) as [ServiceName, string][];
  let started: Awaited<ReturnType<typeof start>>[];
  beforeAll(async () => {
    started = await Promise.all(named.map(([name, level]) => start(name, level)));
    await Promise.all(started.map(({ service }) => service.app.get(Ticking).ticked));
  });
  afterAll(async () => {
    await Promise.all(started.map(({ service }) => service.stop()));
  });

  it('write each under its own name, to its own place and from its own level', async () => {
    say = (logger) => {
      for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) {
        logger[level](`said: ${level}`);
      }
    };
    await Promise.all(
      started.map(({ service, name }) =>
        fetch(`${service.url}/talk`, { headers: { 'x-request-id': `talk-${name}` } }),
      ),
    );
    const heard = Object.fromEntries(
      started.map(({ name, lines }) => {
        const own = lines.parsed.filter((line) => String(line['msg']).startsWith('said: '));
        expect(own.every((line) => line['requestId'] === `talk-${name}`)).toBe(true);
        expect(lines.parsed.map((line) => line['service'])).toEqual(lines.parsed.map(() => name));
        return [name, own.map((line) => line['level'])];
      }),
    );
    expect(heard).toEqual({
      point: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
      member: ['debug', 'info', 'warn', 'error', 'fatal'],
      dashboard: ['info', 'warn', 'error', 'fatal'],
      billing: ['warn', 'error', 'fatal'],
      deal: ['error', 'fatal'],
    });
  });

  it('each own what they do outside of requests', () => {
    const ticks = started.map(({ lines }) =>
      lines.parsed.filter((line) => line['msg'] === 'tick').map((line) => line['context']),
    );
    expect(ticks).toEqual([['Ticking'], ['Ticking'], ['Ticking'], ['Ticking'], []]);
  });

  it('tell how they are put together only to who asks for debug', () => {
    const built = started.map(({ lines }) =>
      lines.parsed.some((line) => line['context'] === 'InstanceLoader'),
    );
    expect(built).toEqual([true, true, false, false, false]);
  });
});

describe("Nest's logger", () => {
  let lines: LogLines;
  let service: RunningService;
  beforeAll(async () => {
    ({ service, lines } = await start('deal', 'info'));
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    say = () => undefined;
  });

  async function said(next: typeof say): Promise<Record<string, unknown>[]> {
    say = next;
    const requestId = `said-${lines.parsed.length}`;
    const response = await fetch(`${service.url}/talk`, { headers: { 'x-request-id': requestId } });
    expect(response.status).toBe(200);
    const own = lines.parsed.filter((line) => line['requestId'] === requestId);
    expect(own.at(-1)).toMatchObject({ msg: 'request', route: '/talk' });
    expect(lines.text).not.toContain(marker);
    return own.slice(0, -1);
  }

  it('takes fields and a text', async () => {
    const err = new Error(`bearer ${marker}`);
    const [line] = await said((logger) => logger.warn({ err, dealId: 7 }, 'left to the event'));
    expect(line).toMatchObject({
      context: 'TalkingController',
      dealId: 7,
      err: { message: 'bearer [redacted]' },
      msg: 'left to the event',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('takes an error, and the stack that Nest gives beside a text', async () => {
    const thrown = new Error(`bearer ${marker}`);
    const [whole, apart] = await said((logger) => {
      logger.error(thrown);
      logger.error('it went wrong', thrown.stack);
    });
    expect(whole).toMatchObject({ msg: 'bearer [redacted]', err: { type: 'Error' } });
    expect(apart).toMatchObject({
      msg: 'it went wrong',
      err: { stack: expect.stringContaining('nest-logger.int.spec') },
    });
  });

  it('keeps what is said after the text', async () => {
    const [loose, placed] = await said((logger) => {
      logger.log('not taken', { dealId: 7, phone: marker }, [1]);
      logger.log('deal %d is %j', 7, { phone: marker });
    });
    expect(loose).toMatchObject({
      msg: 'not taken',
      details: [{ dealId: 7, phone: '[redacted]' }, [1]],
    });
    expect(placed).toMatchObject({ msg: 'deal 7 is {"phone":"[redacted]"}' });
    expect(placed).not.toHaveProperty('details');
  });

  it('is the logger that nestjs-pino injects, with what was assigned to the work', async () => {
    const [plain, text, bound] = await said((_logger, pino) => {
      pino.info({ dealId: 7 }, 'injected');
      pino.info('%d lines', 2);
      pino.runInContext(
        () => {
          pino.assign({ runId: 3, phone: marker });
          pino.warn(new Error('away'));
        },
        { bindings: { merchantId: 20 } },
      );
    });
    expect(plain).toMatchObject({ service: 'deal', dealId: 7, msg: 'injected' });
    expect(text).toMatchObject({ msg: '2 lines' });
    expect(bound).toMatchObject({ merchantId: 20, runId: 3, phone: '[redacted]', msg: 'away' });
  });
});
