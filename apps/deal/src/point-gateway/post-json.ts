import type { Dispatcher } from 'undici';

/** Largest answer that is read; bytes. Far beyond the answers to as many changes as one request carries. */
const ANSWER_MAX_BYTES = 1024 * 1024;

/** What came back. */
export interface JsonAnswer {
  readonly status: number;
  /** Not parsed yet. */
  readonly text: string;
}

/** The answer was longer than any that was asked for. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
  constructor() {
    super(`the answer is longer than ${ANSWER_MAX_BYTES} bytes`);
  }
}

/**
 * One POST over a pool by its callbacks, without the streams that stand before them: every use waits for it. Rejects
 * with the error of the connection, or of the time it may take.
 */
export function postJson(
  pool: Dispatcher,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<JsonAnswer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let bytes = 0;
    const parts: Buffer[] = [];
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => void (status = statusCode),
        onResponseData: (controller, part) => {
          bytes += part.length;
          if (bytes > ANSWER_MAX_BYTES) controller.abort(new AnswerTooLarge());
          else parts.push(part);
        },
        onResponseEnd: () => resolve({ status, text: Buffer.concat(parts).toString('utf8') }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
