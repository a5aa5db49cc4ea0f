import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Measured } from './processor-time.ts';

const LOOK_EVERY_MS = 100;

/** Resident memory of another process, in MiB, while something is done. */
export interface MemorySeen<Result> {
  readonly result: Result;
  readonly tookMs: number;
  readonly beforeMiB: number;
  readonly peakMiB: number;
}

/** Does something and watches how much memory a process has meanwhile. */
export async function watchMemory<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<MemorySeen<Result>> {
  const beforeMiB = await residentMiB(pid);
  let peakMiB = beforeMiB;
  const look = setInterval(() => {
    void residentMiB(pid).then((seen) => (peakMiB = Math.max(peakMiB, seen)));
  }, LOOK_EVERY_MS);
  const startedAt = performance.now();
  try {
    const result = await work();
    const tookMs = performance.now() - startedAt;
    peakMiB = Math.max(peakMiB, await residentMiB(pid));
    return { result, tookMs, beforeMiB, peakMiB };
  } finally {
    clearInterval(look);
  }
}

/** Resident memory of another process now; MiB. */
export async function residentMiB(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) / 1_024;
}

/** The same of several at once, by their names; those that have ended are left out. */
export async function residentOf(processes: readonly Measured[]): Promise<Map<string, number>> {
  const pids = processes.map(({ pid }) => pid).join(',');
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,rss=', '-p', pids]);
  const kilobytes = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
  return new Map(
    processes
      .filter(({ pid }) => kilobytes.has(pid))
      .map(({ name, pid }) => [name, (kilobytes.get(pid) ?? 0) / 1_024]),
  );
}
