import { addressOf } from '../routes/route.ts';
import type { Admitted, Route } from '../routes/route.ts';
import type { Answer, Doors } from '../running/doors.ts';
import type { Secrets } from './secrets.ts';

/** Keys of merchants 20 and 30, and one of 20 that has been revoked. */
export interface MerchantKeys {
  readonly own: string;
  readonly other: string;
  readonly revoked: string;
}

/** The part of a merchant's key that is kept nowhere: `opk_<16 digits>_<secret>`. */
export const secretOf = (key: string): string => key.slice('opk_0123456789abcdef_'.length);

/** Somebody whose data must not show anywhere. */
export const PERSON = {
  name: '숨은이름',
  phone: '01077776666',
  address: '숨은주소',
  email: 'hid@den.kr',
};

/** Nobody has these: who is let in with them finds nothing, and changes nothing. */
const NOBODY = {
  id: '999999999',
  memberId: '999999999',
  billingMonth: '209901',
  keyId: '0123456789abcdef',
};
/** Only these know the keys of merchants; to the others they are any text. */
const KNOW_MERCHANTS = ['deal', 'billing'];

/** How a call ended, as far as the door is concerned. */
export type Fate = 'let in' | 'shut out' | 'unknown' | `failed with ${number}`;

/** Everybody who may knock, by who they are. */
export function callers(
  doors: Doors,
  { operators, serviceToken, env }: Secrets,
  keys: MerchantKeys,
): [string, Doors][] {
  return [
    ['nobody', doors],
    ['a guesser', doors.as('x'.repeat(43))],
    ['a guesser of keys', doors.as(`opk_0123456789abcdef_${'x'.repeat(43)}`)],
    ['a revoked key', doors.as(keys.revoked)],
    ["a token's hash", doors.as(env['OPERATOR_TOKENS']?.split(':')[1] ?? '')],
    ['merchant', doors.as(keys.own)],
    ['service', doors.as(serviceToken)],
    ['operator:members', doors.as(operators.members)],
    ['operator:merchants', doors.as(operators.merchants)],
    ['operator:settlement', doors.as(operators.settlement)],
    ['operator:dashboard', doors.as(operators.dashboard)],
  ];
}

/** What must become of a caller at a route. */
export function dueFate(who: string, { service, allow }: Route): Fate {
  if (!isAdmission(who)) return 'unknown';
  if (who === 'merchant' && !KNOW_MERCHANTS.includes(service)) return 'unknown';
  return allow.includes(who) ? 'let in' : 'shut out';
}

const isAdmission = (who: string): who is Admitted =>
  /^(?:merchant|service|operator:.*)$/.test(who);

/** Asks for what nobody has, with a body that says nothing. */
export function knock(door: Doors, route: Route): Promise<Answer> {
  const message = route.method === 'GET' || route.method === 'DELETE' ? {} : { json: {} };
  return door.ask(route.service, route.method, addressOf(route, NOBODY), message);
}

/** What became of a caller. */
export function fateOf({ status }: Answer): Fate {
  if (status === 401) return 'unknown';
  if (status === 403) return 'shut out';
  return status < 500 ? 'let in' : `failed with ${status}`;
}
