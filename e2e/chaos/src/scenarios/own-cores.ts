import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Gives the load generator half of the cores and the system the other half, until the generator ends: on shared cores
 * nobody can offer ten times what is sustained, for to offer costs as much as to serve. What the system's processes
 * start later inherits it.
 *
 * @returns how the cores are shared; null where that cannot be done (one core, or no `taskset`)
 */
export function giveOwnCores(systemPids: readonly number[]): string | null {
  const cores = availableParallelism();
  const half = Math.floor(cores / 2);
  if (half === 0) return null;
  const [own, theirs] = [rangeOf(0, half - 1), rangeOf(half, cores - 1)];
  const isDone = [process.pid, ...systemPids].every(
    (pid) =>
      spawnSync('taskset', ['-acp', pid === process.pid ? own : theirs, `${pid}`]).status === 0,
  );
  return isDone ? `cores ${own} for the generator, ${theirs} for the system` : null;
}

function rangeOf(first: number, last: number): string {
  return first === last ? `${first}` : `${first}-${last}`;
}
