let secondMs = Number.NaN;
let second = '';

/** The field `time` of a line, in ISO 8601. All but the milliseconds is written once a second only. */
export function isoTime(): string {
  const nowMs = Date.now();
  const ms = nowMs % 1_000;
  if (nowMs - ms !== secondMs) {
    secondMs = nowMs - ms;
    second = new Date(secondMs).toISOString().slice(0, 20);
  }
  return `,"time":"${second}${String(ms).padStart(3, '0')}Z"`;
}
