import { setTimeout as wait } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream, Logger } from 'pino';
import { runSurrounded } from '../context/request-context.ts';
import { publishDocs } from '../docs/publish-docs.ts';
import { openDoors } from '../doors/doors-policy.ts';
import { Readiness } from '../health/readiness.ts';
import { fastifyAdapter } from '../http/fastify-adapter.ts';
import { addRequestHooks } from '../http/request-hooks.ts';
import { nestLogger, startedLast } from '../logs/nest-logger.ts';
import { plainLogger, serviceLogger } from '../logs/service-logger.ts';
import { Metrics } from '../metrics/metrics.ts';
import type { RunningService, ServiceBlueprint } from './service-blueprint.ts';

/** How long answers under way are waited for once the door is closed. */
const unreadAnswerMaxMs = 10_000;
/**
 * Connections that wait to be taken over from the system, which cuts it to its own limit. Those beyond it are dropped
 * without a word and try again seconds later: an overload would look like silence instead of a refusal (P14).
 */
const waitingConnectionsMax = 4_096;
const tickMs = 100;

export interface StartOptions {
  /** Where log lines go instead of standard output. */
  readonly logDestination?: DestinationStream;
}

/**
 * Starts one service on Fastify: builds the app, attaches what it hears events by, listens, and only
 * then says that it is ready. Whatever fails on the way closes what was already opened.
 *
 * @throws SettingsError when the doors would stand open where others can reach them (P12)
 */
export async function startService(
  blueprint: ServiceBlueprint,
  options: StartOptions = {},
): Promise<RunningService> {
  const open = openDoors({ ...blueprint.settings, ONEPOINT_HOST: blueprint.host });
  const log = {
    service: blueprint.name,
    level: blueprint.settings.LOG_LEVEL,
    ...(options.logDestination === undefined ? {} : { destination: options.logDestination }),
  };
  const logger = serviceLogger(log);
  startedLast(logger);
  return runSurrounded({ logger }, async () => {
    const app = await buildApp(blueprint, logger, plainLogger(log));
    try {
      const url = await openForBusiness(app, blueprint);
      if (open) logger.warn('open doors: calls without credentials are let in (loopback only)');
      return running(app, blueprint, url, open);
    } catch (error) {
      await app.close().catch((reason: unknown) => {
        logger.error({ err: reason }, 'what was opened could not be closed');
      });
      throw error;
    }
  });
}

async function buildApp(
  blueprint: ServiceBlueprint,
  logger: Logger,
  requestLogger: Logger,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(blueprint.module, fastifyAdapter(), {
    logger: nestLogger,
    abortOnError: false,
    bodyParser: false,
  });
  addRequestHooks(app.getHttpAdapter().getInstance(), {
    logger,
    requestLogger,
    metrics: app.get(Metrics),
    readiness: app.get(Readiness),
    inHandMax: blueprint.settings.HTTP_IN_HAND_MAX,
  });
  return app;
}

/** Opens the door before it takes events: a port that is taken is found before work begins. */
async function openForBusiness(
  app: NestFastifyApplication,
  blueprint: ServiceBlueprint,
): Promise<string> {
  for (const strategy of blueprint.strategies(app)) app.connectMicroservice({ strategy });
  publishDocs(app, blueprint.publicTitle);
  await app.listen({ port: blueprint.port, host: blueprint.host, backlog: waitingConnectionsMax });
  await app.startAllMicroservices();
  app.get(Readiness).turnOn();
  return app.getUrl();
}

function running(
  app: NestFastifyApplication,
  { name, settings }: ServiceBlueprint,
  url: string,
  open: boolean,
): RunningService {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    app.get(Readiness).turnOff();
    if (settings.DRAIN_MS > 0) await wait(settings.DRAIN_MS);
    await closeInTime(app);
  };
  return { name, url, app, openDoors: open, stop: () => (stopped ??= stop()) };
}

/**
 * Closes. A connection that falls idle only afterwards would be kept for its keep-alive time, and a
 * client that does not read its answer for ever: the first are closed at once, the second in the end.
 */
async function closeInTime(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  let patienceMs = unreadAnswerMaxMs;
  const tick = setInterval(() => {
    if (server.listening) return;
    server.closeIdleConnections();
    patienceMs -= tickMs;
    if (patienceMs <= 0) server.closeAllConnections();
  }, tickMs);
  try {
    await app.close();
  } finally {
    clearInterval(tick);
  }
}
