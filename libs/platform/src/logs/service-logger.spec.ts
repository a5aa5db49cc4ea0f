import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import { LogLines } from '../testing/log-lines.ts';
import { serviceLogger } from './service-logger.ts';

const marker = 'PLANTED-5d20';
const url = `mysql://root:${marker}@db`;

describe('a line of the log', () => {
  let lines: LogLines;
  let logger: Logger;
  beforeEach(() => {
    lines = new LogLines();
    logger = serviceLogger({ service: 'deal', level: 'info', destination: lines });
  });

  it.each<[string, (logger: Logger) => void]>([
    ['a text', (log) => log.warn(`no route to ${url}`)],
    ['a field', (log) => log.warn({ url }, 'no route')],
    ['an error', (log) => log.warn(new Error(url))],
    ['an error with a text', (log) => log.warn(new Error(url), 'no route')],
    ['an error among fields', (log) => log.warn({ err: new Error(url), dealId: 7 })],
    ['what only looks like an error', (log) => log.warn({ err: { message: url } })],
    ['a value put into the text', (log) => log.warn('no route to %s', url)],
    ['an object put into the text', (log) => log.warn({}, 'no route for %j', { phone: marker })],
    ['an object instead of a text', (log) => Reflect.apply(log.warn, log, [{}, { url }])],
  ])('keeps the secret in %s', (_what, say) => {
    say(logger);
    expect(lines.parsed).toHaveLength(1);
    expect(lines.text).toContain('[redacted]');
    expect(lines.text).not.toContain(marker);
  });

  it("has the error's message for a text when nothing else is said", () => {
    logger.warn({ err: new Error('away') });
    logger.warn({ err: new Error('away'), msg: 'the round failed' });
    logger.warn({ err: new Error('away') }, 'the call failed');
    expect(lines.parsed.map((line) => line['msg'])).toEqual([
      'away',
      'the round failed',
      'the call failed',
    ]);
    expect(lines.parsed.map((line) => line['err'])).toEqual(
      Array(3).fill(expect.objectContaining({ type: 'Error', message: 'away' })),
    );
  });
});
