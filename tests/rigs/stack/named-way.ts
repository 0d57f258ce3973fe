import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';

/** An address of the store of its own, by which a process is told apart: what it sends goes on with its name in the user agent. */
export interface NamedWay extends AsyncDisposable {
  readonly endpoint: string;
}

/** An id of 1,023 characters takes nine bytes each in a path, and its partition key as many in a header. */
const maxHeaderSize = 64 * 1024;

/** Faults are for a client by its user agent, and the product's processes all have the same. */
export async function namedWay(endpoint: string, name: string): Promise<NamedWay> {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ maxHeaderSize }, (incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const named = { ...headers, 'user-agent': `${headers['user-agent']} ${name}` };
    const onwards = send({ hostname, port, method, path, headers: named, agent, maxHeaderSize }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    // A connection that the store cuts is cut for the client too.
    onwards.on('error', () => incoming.socket.destroy());
    incoming.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    endpoint: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}
