import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';
import { currentSurrounding } from '../context/request-context.ts';
import { traceIdOf } from '../context/traceparent.ts';
import { isoTime } from './iso-time.ts';
import { redact, redactFields, redactText } from './redact.ts';
import { standardOutput } from './standard-output.ts';

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
      ...lineFormat(options),
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
    options.destination ?? standardOutput(),
  );
}

/**
 * The same log for lines that are written so often that nobody looks them over: nothing is added and
 * nothing masked. Only for fields that the platform makes itself, never for what somebody sent.
 */
export function plainLogger(options: LoggerOptions): Logger {
  return pino(lineFormat(options), options.destination ?? standardOutput());
}

function lineFormat({ service, level }: LoggerOptions) {
  return {
    level,
    base: { service },
    timestamp: isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
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
