import { describe, expect, it } from '@jest/globals';
import { AnswerUnreadable, readAnswer } from './read-answer.ts';

const body = '{"id":1,"status":"success"}';
const head = `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nContent-Length: ${body.length}`;
const whole = `${head}\r\nDate: now\r\n\r\n${body}`;

describe('an answer that the driver reads', () => {
  it('has a status and a body', () => {
    expect(readAnswer(whole)).toEqual({ status: 201, body, isLast: false });
    const empty = readAnswer('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n');
    expect(empty).toEqual({ status: 503, body: '', isLast: false });
  });

  it('has not come until its last byte has', () => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(readAnswer(whole.slice(0, length))).toBeNull();
    }
  });

  it('may be the last one of its connection', () => {
    expect(readAnswer(`${head}\r\nConnection: close\r\n\r\n${body}`)?.isLast).toBe(true);
    expect(readAnswer(`${head}\r\nConnection: keep-alive\r\n\r\n${body}`)?.isLast).toBe(false);
  });

  it('counts its length in bytes', () => {
    const bytes = Buffer.from('{"name":"김"}').toString('latin1');
    const answer = `HTTP/1.1 201 Created\r\ncontent-length: ${bytes.length}\r\n\r\n${bytes}`;
    expect(readAnswer(answer)?.body).toBe(bytes);
  });

  it.each([
    ['of another protocol', whole.replace('HTTP/1.1', 'HTTP/1.0')],
    ['that is only on its way', whole.replace('201 Created', '100 Continue')],
    ['without a length', 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'],
    ['with a length in words', 'HTTP/1.1 201 Created\r\ncontent-length: two\r\n\r\nok'],
    ['with two lengths', `${head}\r\ncontent-length: 1\r\n\r\n${body}`],
    ['in chunks', 'HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    ['in chunks and with a length', `${head}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`],
    ['with something behind it', `${whole}H`],
    ['whose head does not end', `HTTP/1.1 201 Created\r\nx: ${'y'.repeat(20_000)}`],
  ])('is none %s', (_, text) => {
    expect(() => readAnswer(text)).toThrow(AnswerUnreadable);
  });
});
