import { cpus, totalmem } from 'node:os';
import { findProgram, outputOf } from '../../tools/servers/programs.mjs';
import type { Machine } from './report/bench-report.ts';

/** What this run is made on. */
export function thisMachine(): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    memoryGiB: totalmem() / 1024 ** 3,
    processor: processors[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    database: databaseVersion(),
  };
}

function databaseVersion(): string {
  const server = findProgram('mariadbd', 'mysqld');
  if (server === null) return 'unknown';
  return /Ver (\S+)/.exec(outputOf(server, ['--version']))?.[1] ?? 'unknown';
}
