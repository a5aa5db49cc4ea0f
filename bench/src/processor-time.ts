import { readFileSync } from 'node:fs';

/** A process of the system under test, by its name in the printed table. */
export interface Measured {
  readonly name: string;
  readonly pid: number;
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;
/** Fields 14 and 15 of /proc/<pid>/stat are user and system time; what follows the name begins with field 3. */
const USER_TIME_AT = 14 - 3;

/**
 * Processor time that each process has used so far, all its threads; ms, to 10 ms. Empty where there is no /proc
 * (everywhere but on Linux), so that a table can leave the column out.
 */
export function processorTimes(processes: readonly Measured[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { name, pid } of processes) {
    const spent = processorTime(pid);
    if (spent !== null) times.set(name, spent);
  }
  return times;
}

/** Processor time of each process between two readings, for each of `deals` deals; ms. */
export function spentForEach(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  deals: number,
): ReadonlyMap<string, number> {
  return new Map(
    [...after].map(([name, time]) => [name, (time - (before.get(name) ?? 0)) / Math.max(1, deals)]),
  );
}

function processorTime(pid: number): number | null {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // No such process any more, or no /proc: nothing to count.
    return null;
  }
  // The name stands in parentheses and may contain blanks and parentheses itself.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[USER_TIME_AT]) + Number(fields[USER_TIME_AT + 1])) * MS_PER_TICK;
}
