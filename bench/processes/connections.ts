import { readFileSync } from 'node:fs';

/** The state of an open connection. Source: https://github.com/torvalds/linux/blob/master/include/net/tcp_states.h */
const established = '01';

/** How many connections a port of this machine has open; on Linux alone, whose /proc tells it. */
export function connectionsTo(port: number): number {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(ending) && state === established).length;
}
