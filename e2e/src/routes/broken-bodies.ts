import type { Message } from '../running/doors.ts';
import type { Body } from './route.ts';

/** A body that is refused as a whole, whatever the route. */
export interface BrokenBody {
  readonly what: string;
  readonly message: Message;
  readonly status: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const TOO_LARGE_BYTES = 70 * 1024;
const DEPTH = 20_000;

/** Every way in which a whole body can be wrong, made from one that is good. */
export function brokenBodies({ good }: Body): readonly BrokenBody[] {
  const text = JSON.stringify(good);
  const open = text.slice(0, -1);
  const json = (what: string, raw: string | Uint8Array): BrokenBody => ({
    what,
    message: { raw, headers: JSON_TYPE },
    status: 400,
  });
  const typed = (type: string, raw = text): BrokenBody => ({
    what: `as ${type}`,
    message: { raw, headers: { 'content-type': type } },
    status: 415,
  });
  return [
    json('broken JSON', open),
    json('two values', `${text}${text}`),
    json('nothing', ''),
    json('null', 'null'),
    json('a list', `[${text}]`),
    json('a text', '"text"'),
    json('a number', '7'),
    json('a field that nobody knows', `${open},"surprise":1}`),
    json('__proto__', `${open},"__proto__":{"isAdmin":true}}`),
    json('a constructor', `${open},"constructor":{"prototype":{"isAdmin":true}}}`),
    json('deep nesting', `${open},"deep":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`),
    json('bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
    typed('text/plain'),
    typed('application/xml', '<deal/>'),
    typed('application/x-www-form-urlencoded', 'memberId=1'),
    typed('multipart/form-data; boundary=x', '--x--'),
    {
      what: 'too large',
      message: { raw: `${open},"large":"${'x'.repeat(TOO_LARGE_BYTES)}"}`, headers: JSON_TYPE },
      status: 413,
    },
  ];
}
