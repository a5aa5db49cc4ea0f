import { readFileSync } from 'node:fs';

/**
 * How often a connection found a listener's queue full, on this machine since it runs. The kernel says
 * nothing to who asked for it: he tries again after 1, 3 and 7 s, which looks like a missing answer.
 */
export function droppedConnections(): number {
  const [names = '', values = ''] = readFileSync('/proc/net/netstat', 'utf8').split('\n');
  const place = names.split(' ').indexOf('ListenOverflows');
  return Number(values.split(' ')[place] ?? 0);
}
