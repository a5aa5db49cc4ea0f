import type { LoggerService } from '@nestjs/common';

/** Keeps what is logged, for tests that look for an alarm. */
export function recordingLogger(): LoggerService & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: unknown): void => void lines.push(String(message));
  return { lines, log: keep, warn: keep, error: keep };
}
