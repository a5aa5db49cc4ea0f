import type { DriveOrder } from '../drive-load.ts';

/** What tells one run's requests from another's. */
export interface RunMarks {
  /** Begins each Idempotency-Key. */
  readonly keys: string;
  /** Begins each phone number. */
  readonly phones: string;
}

/** Makes the text of a request: to which of the order's urls, and the how manieth of the run. */
export type RequestText = (urlAt: number, count: number) => string;

/** Requests as they go over the wire, whose lines that never change are written once. */
export function requestTexts(order: DriveOrder, marks: RunMarks): RequestText {
  const heads = order.urls.map((url) => headOf(new URL(url), order.credential));
  const bodyOf =
    order.what === 'use' ? () => useBody(order) : (count: number) => signUpBody(marks, count);
  return (urlAt, count) => {
    const body = bodyOf(count);
    const key = order.withKeys ? `idempotency-key: ${marks.keys}-${count}\r\n` : '';
    // Everything is ASCII: a character is a byte.
    return `${heads[urlAt]!}${key}content-length: ${body.length}\r\n\r\n${body}`;
  };
}

function headOf({ pathname, host }: URL, credential: string | null): string {
  const lines = [`POST ${pathname} HTTP/1.1`, `host: ${host}`, 'content-type: application/json'];
  if (credential !== null) lines.push(`authorization: Bearer ${credential}`);
  return `${lines.join('\r\n')}\r\n`;
}

function signUpBody({ phones }: RunMarks, count: number): string {
  return `{"name":"Bench ${count}","phone":"${phones}${String(count).padStart(6, '0')}"}`;
}

function useBody({ firstMember, members, firstMerchant, merchants }: DriveOrder): string {
  const memberId = firstMember + Math.floor(Math.random() * members);
  const merchantId = firstMerchant + Math.floor(Math.random() * merchants);
  return `{"memberId":${memberId},"merchantId":${merchantId},"dealAmount":1000,"type":"use","point":1}`;
}
