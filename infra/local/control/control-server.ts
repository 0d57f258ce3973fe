import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type ControlTargets, controlRoutes } from './control-routes.ts';

/** Has the token that stack.json names: a header that no web page can send without being asked first. */
export const controlTokenHeader = 'x-control-token';

export interface ControlServer {
  readonly url: string;
  /** Whoever knows it may do everything; it is new at each start. */
  readonly token: string;
  close(): Promise<void>;
}

/**
 * The endpoint through which tests disturb a running stack, open with `CONTROL=1` only: rules for faults, servers that
 * go away and come back, functions processes that are killed. On loopback, like everything here, and for who can read stack.json:
 * it starts programs, so other users of the machine and pages in a browser must not reach it.
 */
export async function startControlServer(targets: ControlTargets): Promise<ControlServer> {
  const routes = controlRoutes(targets);
  const token = randomBytes(32).toString('hex');
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const refusal = refusalOf(request, token);
    if (refusal !== undefined) {
      request.resume();
      return { status: 403, body: { error: refusal } };
    }
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
    token,
    async close() {
      // What a rule still holds would keep the functions from finishing.
      targets.rules.clearAll();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Why nothing is done. A name that was made to lead here (DNS rebinding) is in the Host header. */
function refusalOf({ headers, socket }: IncomingMessage, token: string): string | undefined {
  if (headers.origin !== undefined) return 'no web page may call this';
  if (headers.host !== `127.0.0.1:${socket.localPort}`) return 'this is called by its address';
  const given = Buffer.from(String(headers[controlTokenHeader] ?? ''));
  const expected = Buffer.from(token);
  const isKnown = given.length === expected.length && timingSafeEqual(given, expected);
  return isKnown ? undefined : `the header ${controlTokenHeader} has to be controlToken of stack.json`;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}
