import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * Below the ports that systems give to clients: a port of those could be taken by a client's own connection while the
 * broker is away, even by one to the broker.
 */
const [lowest, highest] = [20_000, 32_000];

/** Ports on loopback where nobody listens, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = new Map<number, Server>();
  while (servers.size < count) {
    const port = randomInt(lowest, highest);
    const server = createServer();
    if (!servers.has(port) && (await canListen(server, port))) servers.set(port, server);
  }
  for (const server of servers.values()) {
    server.close();
    await once(server, 'close');
  }
  return [...servers.keys()];
}

async function canListen(server: Server, port: number): Promise<boolean> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false; // taken: another one is tried
  }
}
