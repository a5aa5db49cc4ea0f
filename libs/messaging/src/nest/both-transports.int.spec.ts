import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { EventOf } from '@onepoint/contracts';
import { Database } from '@onepoint/persistence';
import type { Dialect } from '@onepoint/persistence';
import { currentContext, Metrics } from '@onepoint/platform';
import { InProcessTransport } from '../in-process/in-process-transport.ts';
import { newEvent } from '../outbox/new-event.ts';
import { Outbox } from '../outbox/outbox.ts';
import { DatabasePlayground } from '../testing/database-playground.ts';
import { RabbitPlayground, testRetryDelaysMs } from '../testing/rabbit-playground.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { brokenMessage } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import type { EventTransport } from '../transport/event-transport.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { EventContext } from './event-context.ts';
import { EventStrategy } from './event-strategy.ts';
import { MessagingModule } from './messaging.module.ts';
import { OnEvent } from './on-event.ts';

jest.setTimeout(30_000);

interface Heard {
  readonly memberId: number;
  readonly context: EventContext;
  readonly correlationId: string | undefined;
}

const hopelessMember = 666;

@Controller()
class OnMemberCreated {
  readonly heard: Heard[] = [];
  failures = 0;

  @OnEvent('member.created.v1')
  async open(event: EventOf<'member.created.v1'>, context: EventContext): Promise<void> {
    if (event.data.memberId === hopelessMember) throw new SetAside('NO_USE', 'never will be');
    if (this.failures > 0) {
      this.failures -= 1;
      throw new RangeError('not yet');
    }
    const correlationId = currentContext()?.correlationId;
    this.heard.push({ memberId: event.data.memberId, context, correlationId });
  }
}

@Controller()
class OnMemberWithdrawn {
  readonly heard: number[] = [];

  @OnEvent('member.withdrawn.v1', { unless: /"memberId":13,/ })
  close({ data }: EventOf<'member.withdrawn.v1'>): void {
    this.heard.push(data.memberId);
  }
}

@Module({ controllers: [OnMemberCreated, OnMemberWithdrawn] })
class Ear {}

const ways: { name: string; dialect: Dialect }[] = [
  { name: 'RabbitMQ and MariaDB', dialect: 'mysql' },
  { name: 'one process and SQLite', dialect: 'sqlite' },
];

describe.each(ways)('The same handler on $name', ({ dialect }) => {
  let data: DatabasePlayground;
  let db: Database;
  let rabbit: RabbitPlayground;
  let app: INestApplication;
  let metrics: Metrics;

  beforeEach(async () => {
    data = await DatabasePlayground.make(dialect);
    db = await data.open();
    rabbit = new RabbitPlayground();
  });

  afterEach(async () => {
    await app.close();
    await rabbit.clean();
    await data.clean();
  });

  function newTransport(): EventTransport {
    if (dialect === 'mysql') return rabbit.transport();
    const deadLetterFile = join(tmpdir(), `dead-${randomUUID()}.ndjson`);
    const logger = recordingLogger();
    return new InProcessTransport({ expectedReaders: ['member'], deadLetterFile, logger });
  }

  async function start(transport: EventTransport, failures = 0): Promise<void> {
    @Module({
      providers: [{ provide: Database, useValue: db }, Metrics],
      exports: [Database, Metrics],
    })
    class Surroundings {}
    const messaging = MessagingModule.forService({
      service: 'member',
      transport,
      database: Database,
      imports: [Surroundings],
      retryDelaysMs: testRetryDelaysMs,
    });
    const testing = Test.createTestingModule({ imports: [Surroundings, messaging, Ear] });
    const built = await testing.setLogger(recordingLogger()).compile();
    app = built.createNestApplication(new FastifyAdapter());
    app.get(OnMemberCreated).failures = failures;
    metrics = app.get(Metrics);
    app.connectMicroservice({ strategy: app.get(EventStrategy) });
    await app.startAllMicroservices();
    await app.init();
    await until('the reader is up', () => app.get(EventStrategy).isUp());
    await transport.waitUntilUp(10_000);
  }

  function say(memberId: number): Promise<void> {
    const event = newEvent('member.created.v1', {
      subject: `member/${memberId}`,
      sequence: 0,
      occurredAt: Date.now(),
      data: { memberId, joinedAt: new Date().toISOString() },
    });
    return db.transaction((tx) => app.get(Outbox).append(tx, [event]));
  }

  const heard = (): Heard[] => app.get(OnMemberCreated).heard;

  it('hears what was committed, in the context of its event', async () => {
    await start(newTransport());
    await say(1);
    await until('heard', () => heard().length === 1);
    const [first] = heard();
    expect(first?.memberId).toBe(1);
    expect(first?.context).toBeInstanceOf(EventContext);
    expect(first?.context).toMatchObject({ key: 'member.created.v1', tries: 0 });
    expect(first?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets again what it failed at, and is told how often', async () => {
    await start(newTransport(), 2);
    await say(1);
    await until('heard', () => heard().length === 1);
    expect(heard()[0]?.context.tries).toBe(2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('events_retried_total{event="member.created.v1"} 2');
    expect(text).toContain('events_consumed_total{event="member.created.v1"} 1');
  });

  it('is never asked about a message that breaks its contract: that is set aside at once', async () => {
    const transport = newTransport();
    await start(transport);
    await transport.publish([brokenMessage('member.created.v1')])[0];
    await until('set aside', async () =>
      (await metrics.registry.metrics()).includes('events_dead_total{event="member.created.v1"} 1'),
    );
    expect(heard()).toEqual([]);
  });

  it('is not asked about what its text says is of no concern: that is acknowledged unread', async () => {
    await start(newTransport());
    const left = [13, 14, 13].map((memberId) =>
      newEvent('member.withdrawn.v1', {
        ...{ subject: `member/${memberId}`, sequence: 1, occurredAt: Date.now() },
        data: { memberId, withdrawnAt: new Date().toISOString() },
      }),
    );
    await db.transaction((tx) => app.get(Outbox).append(tx, left));
    const all = 'events_consumed_total{event="member.withdrawn.v1"} 3';
    await until('all', async () => (await metrics.registry.metrics()).includes(all));
    expect(app.get(OnMemberWithdrawn).heard).toEqual([14]);
    expect(await metrics.registry.metrics()).toContain(
      'event_lag_seconds_count{source="member"} 1',
    );
  });

  it('is judged by its own error: what it sets aside is not tried again', async () => {
    await start(newTransport());
    await say(hopelessMember);
    await until('set aside', async () =>
      (await metrics.registry.metrics()).includes('events_dead_total{event="member.created.v1"} 1'),
    );
    expect(await metrics.registry.metrics()).not.toContain('events_retried_total{');
  });

  it('hears after a restart what was unsent when the process ended', async () => {
    await start(newTransport());
    await app.close();
    await say(7);
    await start(newTransport());
    await until('heard', () => heard().some(({ memberId }) => memberId === 7));
  });
});
