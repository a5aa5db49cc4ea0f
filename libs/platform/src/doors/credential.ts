/** The cookie in which the operators' page keeps its token (`HttpOnly; SameSite=Strict`). */
export const OPERATOR_COOKIE = 'onepoint_operator';

/** Longest credential that is looked at. */
const credentialMax = 1_024;

/** What a request shows to prove who sends it. */
export interface Credential {
  readonly text: string;
  /** A browser sends a cookie by itself: it proves an operator, and never for a change. */
  readonly fromCookie: boolean;
}

interface Shown {
  readonly method: string;
  readonly headers: {
    readonly authorization?: string | undefined;
    readonly cookie?: string | undefined;
  };
}

/**
 * The credential a request shows, or null for none. Any Authorization header counts as one, so that
 * a malformed one is refused and not taken for nobody's.
 */
export function credentialOf({ method, headers }: Shown): Credential | null {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const match =
      authorization.length > credentialMax ? null : /^Bearer +(\S+) *$/i.exec(authorization);
    return { text: match?.[1] ?? '', fromCookie: false };
  }
  if (cookie === undefined || (method !== 'GET' && method !== 'HEAD')) return null;
  for (const pair of cookie.split(';', 50)) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === OPERATOR_COOKIE && value !== undefined && value.length <= credentialMax) {
      return { text: value, fromCookie: true };
    }
  }
  return null;
}
