import { cpus, totalmem } from 'node:os';
import type { Machine } from './report/bench-report.ts';

/** What this run is made on. `database` says its own version. */
export function thisMachine(database: string): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    memoryGiB: totalmem() / 1024 ** 3,
    processor: processors[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    database,
  };
}
