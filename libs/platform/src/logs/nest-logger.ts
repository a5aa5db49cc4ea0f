import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentSurrounding } from '../context/request-context.ts';

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

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

/**
 * Nest has one static logger per process, and a process may hold five services: each line goes to
 * the logger of the service that is at work. Without one (outside of any service) it goes to the
 * service that started last.
 */
export class NestLogger implements LoggerService {
  #last: Logger | undefined;

  /** The service to which lines go that belong to none. */
  startedLast(logger: Logger): void {
    this.#last = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write(isChatter(rest) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write(isChatter(rest) ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const logger = currentSurrounding()?.logger ?? this.#last;
    if (logger === undefined || !logger.isLevelEnabled(level)) return;
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const details = (context === undefined ? rest : rest.slice(0, -1)).filter(
      (detail) => detail !== undefined,
    );
    const fields: Record<string, unknown> = context === undefined ? {} : { context };
    if (details.length > 0) fields['details'] = details;
    if (message instanceof Error) logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) {
      logger[level]({ ...fields, ...message });
    } else logger[level](fields, String(message));
  }
}

function isChatter(rest: readonly unknown[]): boolean {
  const context = rest.at(-1);
  return typeof context === 'string' && chatty.has(context);
}

/** The one logger of Nest in this process. */
export const nestLogger = new NestLogger();
