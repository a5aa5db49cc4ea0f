import { Logger, PinoLogger, type Params } from 'nestjs-pino';
import { pino, type Level, type LogFn, type Logger as Pino } from 'pino';
import { currentSurrounding } from '../context/request-context.ts';

/**
 * What Nest says while it puts itself together is of interest to its developers only; an error it
 * reports there it also throws, and whoever started the service says what went wrong.
 */
const chatty = new Set([
  'NestFactory',
  'NestApplication',
  'ExceptionHandler',
  'NestMicroservice',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);
const placeholder = /%[dfijoOs]/;

let lastStarted: Pino | undefined;

/** Names the service to which lines go that belong to none: the one that started last. */
export function startedLast(logger: Pino): void {
  lastStarted = logger;
}

/**
 * nestjs-pino has one root logger per process (that of the first app that asks for one), and a
 * process may hold five services, each with a level and a destination of its own. So the root writes
 * nothing itself: it takes every line, and hands it on to the logger of the service that is at work.
 */
const root = pino(
  {
    level: 'trace',
    base: null,
    hooks: {
      logMethod(args, _write, level) {
        handOn(this, args, pino.levels.labels[level] as Level);
      },
    },
  },
  { write: () => undefined },
);

/**
 * What every app gives to nestjs-pino. Its middleware is mounted nowhere: it would make a child logger
 * per request and a second request line, and our hooks know the request already.
 */
export const loggerParams: Params = { pinoHttp: { logger: root }, forRoutes: [] };

/**
 * Nest's logger, the same for all apps of this process. Given to Nest before an app is built instead
 * of found in it afterwards: lines that Nest keeps back until then (`bufferLogs`) would be written in
 * the surroundings of whichever app is up first.
 */
export const nestLogger = new Logger(new PinoLogger(loggerParams), loggerParams);

type LogArguments = Parameters<LogFn>;

function handOn(from: Pino, args: LogArguments, said: Level): void {
  const service = currentSurrounding()?.logger ?? lastStarted;
  if (service === undefined || !service.isLevelEnabled(said)) return;
  const [first, ...rest] = args as readonly unknown[];
  const isFields = typeof first === 'object' && first !== null && !(first instanceof Error);
  const error = first instanceof Error ? { err: first } : {};
  const fields = { ...from.bindings(), ...(isFields ? first : error) };
  const texts = typeof first === 'object' ? rest : args;
  service[isChatter(fields, said) ? 'debug' : said](...withDetails(fields, texts));
}

/** What is said after a text that has no place for it would be dropped by pino. */
function withDetails(fields: Record<string, unknown>, texts: readonly unknown[]): LogArguments {
  const [text, ...rest] = texts;
  const details = rest.filter((detail) => detail !== undefined);
  const placed = typeof text === 'string' && placeholder.test(text);
  const said = placed || details.length === 0 ? [fields, ...texts] : [{ ...fields, details }, text];
  return said as LogArguments;
}

function isChatter(fields: Readonly<Record<string, unknown>>, level: Level): boolean {
  const { context } = fields;
  const loud = level === 'info' || level === 'error';
  return loud && typeof context === 'string' && chatty.has(context);
}
