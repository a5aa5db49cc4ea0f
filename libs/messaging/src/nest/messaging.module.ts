import { Logger, Module } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  DynamicModule,
  InjectionToken,
  ModuleMetadata,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  Provider,
} from '@nestjs/common';
import type { ServiceName } from '@onepoint/contracts';
import { isDatabaseAway, Overloaded } from '@onepoint/persistence';
import type { Database } from '@onepoint/persistence';
import { Metrics } from '@onepoint/platform';
import { ForgetOldEvents } from '../journal/forget-old-events.ts';
import { JournalController } from '../journal/journal.controller.ts';
import { OwnJournal } from '../journal/own-journal.ts';
import { HeardEvents } from '../observe/heard-events.ts';
import { messagingMetrics } from '../observe/messaging-metrics.ts';
import { silentObserver } from '../observe/messaging-observer.ts';
import type { MessagingObserver } from '../observe/messaging-observer.ts';
import { CommitBell } from '../outbox/commit-bell.ts';
import { Outbox } from '../outbox/outbox.ts';
import { OutboxGauge } from '../relay/outbox-gauge.ts';
import { Relay } from '../relay/relay.ts';
import type { EventTransport } from '../transport/event-transport.ts';
import { databaseBack } from './database-back.ts';
import { EventStrategy } from './event-strategy.ts';
import { OwnedTransport } from './owned-transport.ts';

/** How one service speaks and hears. */
export interface MessagingOptions {
  readonly service: ServiceName;
  readonly transport: EventTransport;
  /** Whether this app closes the transport when it stops (default); no where several apps share it. */
  readonly ownsTransport?: boolean;
  /** Token of the service's {@link Database}; modules that provide it, unless they are global. */
  readonly database: InjectionToken;
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Events in hand at once, from 1. Default 2,000: what the relays tell at one look is one or two batches of a handler. */
  readonly prefetch?: number;
  /** Waits before each further try (P15). Part of the topology: the same in every instance. */
  readonly retryDelaysMs?: readonly number[];
  /** Milliseconds that sent events stay in the journal; 0 (the default) keeps them for ever. */
  readonly keepMs?: number;
}

/** Waits between the tries of a failing message, unless told otherwise: 1 s, 5 s, 30 s, 2 min, 10 min. */
export const defaultRetryDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];
const defaultPrefetch = 2_000;

const OPTIONS = Symbol('messaging options');
const OBSERVER = Symbol('messaging observer');

/**
 * One service's outbox, relay and event strategy. The relay starts when the app has started; when it stops,
 * the readers finish first and then the relay, before HTTP and the database are closed.
 */
@Module({})
export class MessagingModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    private readonly relay: Relay,
    private readonly gauge: OutboxGauge,
    private readonly oldEvents: ForgetOldEvents,
    private readonly strategy: EventStrategy,
    private readonly transport: OwnedTransport,
  ) {}

  /** Provides and exports Outbox, Relay and EventStrategy. */
  static forService(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      imports: options.imports ?? [],
      controllers: [JournalController],
      providers: [
        { provide: OPTIONS, useValue: options },
        {
          provide: OwnedTransport,
          useValue: new OwnedTransport(options.transport, options.ownsTransport ?? true),
        },
        ...providers(options.database),
      ],
      exports: [Outbox, Relay, EventStrategy],
    };
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.gauge.start();
    this.oldEvents.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.strategy.close();
    await this.oldEvents.stop();
    await this.relay.stop();
    this.gauge.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.transport.release();
  }
}

function providers(database: InjectionToken): Provider[] {
  return [
    CommitBell,
    {
      provide: OBSERVER,
      useFactory: (metrics?: Metrics) =>
        metrics === undefined ? silentObserver : messagingMetrics(metrics),
      inject: [{ token: Metrics, optional: true }],
    },
    {
      provide: Outbox,
      useFactory: ({ service }: MessagingOptions, bell: CommitBell) => new Outbox(service, bell),
      inject: [OPTIONS, CommitBell],
    },
    {
      provide: Relay,
      useFactory: newRelay,
      inject: [OPTIONS, database, CommitBell, OBSERVER],
    },
    {
      provide: OutboxGauge,
      useFactory: (db: Database, observer: MessagingObserver) => new OutboxGauge(db, observer),
      inject: [database, OBSERVER],
    },
    HeardEvents,
    {
      provide: EventStrategy,
      useFactory: newStrategy,
      inject: [OPTIONS, database, OBSERVER, HeardEvents],
    },
    ...journal(database),
  ];
}

function journal(database: InjectionToken): Provider[] {
  return [
    {
      provide: OwnJournal,
      useFactory: (
        { service }: MessagingOptions,
        db: Database,
        reader: EventStrategy,
        heard: HeardEvents,
      ) => new OwnJournal(service, db, reader, heard),
      inject: [OPTIONS, database, EventStrategy, HeardEvents],
    },
    {
      provide: ForgetOldEvents,
      useFactory: (
        { service, keepMs = 0 }: MessagingOptions,
        db: Database,
        relay: Relay,
        observer: MessagingObserver,
      ) =>
        new ForgetOldEvents({
          ...{ db, relay, keepMs, observer },
          logger: new Logger(`Journal of ${service}`),
        }),
      inject: [OPTIONS, database, Relay, OBSERVER],
    },
  ];
}

function newRelay(
  { service, transport }: MessagingOptions,
  db: Database,
  bell: CommitBell,
  observer: MessagingObserver,
): Relay {
  const logger = new Logger(`Relay of ${service}`);
  return new Relay({ service, db, transport, bell, observer, logger });
}

function newStrategy(
  options: MessagingOptions,
  db: Database,
  observer: MessagingObserver,
  heard: HeardEvents,
): EventStrategy {
  const reader = {
    service: options.service,
    prefetch: options.prefetch ?? defaultPrefetch,
    retryDelaysMs: options.retryDelaysMs ?? defaultRetryDelaysMs,
    isAway: (error: unknown) => isDatabaseAway(error) || error instanceof Overloaded,
    waitUntilBack: databaseBack(db),
    observer,
  };
  return new EventStrategy(options.transport, reader, (source, occurredAt) =>
    observer.handled(source, heard.note(source, occurredAt, Date.now())),
  );
}
