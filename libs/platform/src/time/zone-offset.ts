const readers = new Map<string, Intl.DateTimeFormat>();
/** A process uses one business zone; a few more for tests. */
const readersMax = 16;

/** Local wall-clock time of an instant, written as if it were UTC: epoch milliseconds. */
export function localTimeMs(instantMs: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of readerOf(timeZone).formatToParts(instantMs)) {
    if (type !== 'literal') parts[type] = Number(value);
  }
  const { year, month, day, hour, minute, second } = parts as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    number
  >;
  const withinSecondMs = ((instantMs % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + withinSecondMs;
}

/** The first instant at which the local clock shows `localMs` or later. */
export function instantOfLocal(localMs: number, timeZone: string): number {
  const guess = localMs - (localTimeMs(localMs, timeZone) - localMs);
  const better = localMs - (localTimeMs(guess, timeZone) - guess);
  if (localTimeMs(better, timeZone) === localMs) return better;
  return firstInstantAtOrAfter(localMs, timeZone);
}

/** The clock was put forward over `localMs`: the instant of the jump itself. */
function firstInstantAtOrAfter(localMs: number, timeZone: string): number {
  const dayMs = 86_400_000;
  let before = localMs - dayMs;
  let after = localMs + dayMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localTimeMs(middle, timeZone) >= localMs) after = middle;
    else before = middle;
  }
  return after;
}

function readerOf(timeZone: string): Intl.DateTimeFormat {
  const known = readers.get(timeZone);
  if (known !== undefined) return known;
  if (readers.size >= readersMax) readers.clear();
  const reader = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  readers.set(timeZone, reader);
  return reader;
}
