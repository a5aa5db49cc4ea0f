import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { currentSurrounding } from '../context/request-context.ts';
import { traceIdOf } from '../context/traceparent.ts';
import { redact, redactFields, redactText } from './redact.ts';

/** Bytes kept back before they are written, so that a busy process writes in blocks. */
const blockBytes = 12_288;
const flushEveryMs = 500;
const lastFlushMaxMs = 1_000;

let standardOutput: ReturnType<typeof pino.destination> | undefined;

export interface LoggerOptions {
  readonly service: string;
  readonly level: string;
  /** Where lines go instead of standard output. */
  readonly destination?: DestinationStream;
}

/**
 * One service's log: JSON lines with the service's name and, within a request or a message, its id
 * and trace. Personal data and credentials are masked on the way (P13).
 */
export function serviceLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: contextFields,
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      // The fields are already plain: redactFields has been over them.
      serializers: { err: (fields: unknown) => fields },
      hooks: {
        logMethod(args, method) {
          method.apply(this, maskedArguments(args));
        },
      },
    },
    options.destination ?? sharedStandardOutput(),
  );
}

type LogArguments = Parameters<LogFn>;

/** Masks the texts of a line; an error without one would bring its message along unmasked. */
function maskedArguments(args: LogArguments): LogArguments {
  const [first, ...rest] = args as readonly unknown[];
  const [text, ...values] = rest.map(redact);
  const fields = first instanceof Error ? { err: first } : first;
  if (typeof fields !== 'object' || fields === null) {
    return [redact(fields), text, ...values] as LogArguments;
  }
  return [fields, text ?? textOf(fields), ...values] as LogArguments;
}

/** The text that pino would take from an error, masked; undefined when the line has its own. */
function textOf(fields: object): string | undefined {
  if ('msg' in fields && fields.msg !== undefined) return undefined;
  const error = 'err' in fields ? fields.err : undefined;
  const told = typeof error === 'object' && error !== null && 'message' in error;
  return told ? redactText(String(error.message)) : undefined;
}

function contextFields(): Record<string, unknown> {
  const surrounding = currentSurrounding();
  if (surrounding?.requestId === undefined || surrounding.traceparent === undefined) return {};
  return { requestId: surrounding.requestId, traceId: traceIdOf(surrounding.traceparent) };
}

/** Five services in one process write to one stream, in blocks and at the latest after half a second. */
function sharedStandardOutput(): ReturnType<typeof pino.destination> {
  if (standardOutput !== undefined) return standardOutput;
  const stream = pino.destination({ dest: 1, sync: false, minLength: blockBytes });
  setInterval(() => {
    stream.flush();
  }, flushEveryMs).unref();
  standardOutput = stream;
  return stream;
}

/**
 * Writes what is kept back; resolves when it is out, or cannot be. To be awaited before the process exits: what is left
 * for then is written synchronously, which on an output that nobody reads any more is tried again for ever.
 */
export async function flushLogs(): Promise<void> {
  const stream = standardOutput;
  if (stream === undefined) return;
  const over = new AbortController();
  const { signal } = over;
  const broken = once(stream, 'error', { signal }).catch(() => undefined);
  const late = sleep(lastFlushMaxMs, undefined, { signal }).catch(() => undefined);
  await Promise.race([new Promise<void>((resolve) => stream.flush(() => resolve())), broken, late]);
  over.abort();
}
