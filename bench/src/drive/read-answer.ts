/** An HTTP answer as far as a load driver cares. */
export interface Answer {
  readonly status: number;
  /** Its bytes, one character for each. */
  readonly body: string;
  /** The server ends the connection after it. */
  readonly isLast: boolean;
}

/** What came is no answer that this driver reads. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}

const HEAD_END = '\r\n\r\n';
const HEAD_MAX = 16_384;
const STATUS_LINE = /^HTTP\/1\.1 ([2-5]\d\d) /;
/** Everything that says where the body ends. */
const FRAMING = /\r\n(?:content-length|transfer-encoding):[^\r]*/gi;
const LENGTH = /^\r\ncontent-length: *(\d+) *$/i;
const LAST = /\r\nconnection: *close *(?:\r\n|$)/i;

/**
 * Reads the answer that `got` begins with; null while more of it must come. Strict: status line, exactly one
 * Content-Length and no other framing, and not one byte after the body, for nobody has asked for a second answer.
 *
 * @param got what the connection brought since the request, latin1, so that a character is a byte
 * @throws AnswerUnreadable
 */
export function readAnswer(got: string): Answer | null {
  const headEnd = got.indexOf(HEAD_END);
  if (headEnd < 0) {
    if (got.length > HEAD_MAX) throw new AnswerUnreadable('its head does not end');
    return null;
  }
  const head = got.slice(0, headEnd);
  const status = STATUS_LINE.exec(head)?.[1];
  if (status === undefined) throw new AnswerUnreadable(`its status line: ${head.slice(0, 80)}`);
  const framing = head.match(FRAMING) ?? [];
  const length = framing.length === 1 ? LENGTH.exec(framing[0])?.[1] : undefined;
  if (length === undefined) throw new AnswerUnreadable(`its length: ${framing.join(';').trim()}`);
  const bodyAt = headEnd + HEAD_END.length;
  const missing = bodyAt + Number(length) - got.length;
  if (missing > 0) return null;
  if (missing < 0) throw new AnswerUnreadable(`${-missing} bytes follow it`);
  return { status: Number(status), body: got.slice(bodyAt), isLast: LAST.test(head) };
}
