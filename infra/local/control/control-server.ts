import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type ControlTargets, controlRoutes } from './control-routes.ts';

/**
 * The endpoint through which tests disturb a running stack, open with `CONTROL=1` only: rules for faults, servers that
 * go away and come back, functions processes that are killed. On loopback, like everything here.
 */
export async function startControlServer(targets: ControlTargets): Promise<{ url: string; close(): Promise<void> }> {
  const routes = controlRoutes(targets);
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const body = await bodyOf(request);
      for (const { method, pattern, handle } of routes) {
        const match = request.method === method ? pattern.exec(pathname) : null;
        if (match !== null) return { status: 200, body: (await handle(match.slice(1), body)) ?? {} };
      }
      return { status: 404, body: { error: `no route for ${request.method} ${pathname}` } };
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      // What a rule still holds would keep the functions from finishing.
      targets.rules.clearAll();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}
