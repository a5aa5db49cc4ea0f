/** Keys whose values never reach a log line, at any depth (P13). Compared without case, `-` and `_`. */
const secretKeys = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'password',
  'secret',
  'token',
  'servicetoken',
  'operatortokens',
  'apikey',
  'name',
  'phone',
  'email',
  'address',
  'body',
]);
const mask = '[redacted]';
const depthMax = 6;
const itemsMax = 50;
const hints = /:\/\/|bearer |opk_|phone=/i;

/** A line's fields with everything personal or secret masked. */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redact(fields) as Record<string, unknown>;
}

/** Any value with everything personal or secret in it masked. */
export function redact(value: unknown): unknown {
  return redactValue(value, 0);
}

/** Masks credentials inside of a text: in URLs, after `Bearer`, and merchant keys. */
export function redactText(text: string): string {
  if (!hints.test(text)) return text;
  return text
    .replace(/(\w+:\/\/)[^\s/?#@]*@/g, `$1${mask}@`)
    .replace(/(bearer +)[^\s,"']+/gi, `$1${mask}`)
    .replace(/opk_[0-9a-f]{1,16}_[A-Za-z0-9_-]+/g, mask)
    .replace(/((?:phone|token|password|secret)=)[^\s&"']+/gi, `$1${mask}`);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= depthMax) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) {
    return value.slice(0, itemsMax).map((item) => redactValue(item, depth + 1));
  }
  if (value instanceof Date || Buffer.isBuffer(value)) {
    return value instanceof Date ? value : `[${value.length} bytes]`;
  }
  const fields: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    fields[key] = isSecret(key) ? mask : redactValue(inner, depth + 1);
  }
  return fields;
}

/** Only named fields of an error: a driver's error repeats the statement with its values. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
  };
  for (const key of ['code', 'errno', 'syscall', 'sqlState'] as const) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'string' || typeof value === 'number') fields[key] = value;
  }
  if (error.cause !== undefined) fields['cause'] = redactValue(error.cause, depth + 1);
  return fields;
}

function isSecret(key: string): boolean {
  return secretKeys.has(key) || secretKeys.has(key.toLowerCase().replaceAll(/[-_]/g, ''));
}
