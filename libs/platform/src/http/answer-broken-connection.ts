import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

/** Answers what is not HTTP, or came too slowly: there is no request yet, only a socket. */
export function answerBrokenConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const requestId = randomUUID();
  const body = JSON.stringify({
    type: '/problems/INVALID_REQUEST',
    title: 'Invalid request',
    status: 400,
    detail: 'the request cannot be understood',
    instance: '/',
    code: 'INVALID_REQUEST',
  });
  socket.end(
    'HTTP/1.1 400 Bad Request\r\n' +
      `x-request-id: ${requestId}\r\n` +
      'content-type: application/problem+json; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\n` +
      'connection: close\r\n\r\n' +
      body,
  );
}
