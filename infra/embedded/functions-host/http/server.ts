import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostLog } from '../log.ts';
import { messageOf, StartupError } from '../startup-error.ts';
import { readBody } from './body.ts';
import { ConnectionsFirst } from './connections-first.ts';
import { RequestRefusedError, toRpcHttp, urlOf } from './request.ts';
import { allowIn, writeResponse } from './response.ts';
import type { RouteMatch, Router } from './router.ts';
import { type Limits, Throttle } from './throttle.ts';

export interface HttpServerOptions {
  /** Which function a request leads to; one that comes before that is known waits. */
  readonly router: Promise<Router>;
  readonly port: number;
  readonly limits: Limits;
  /** In bytes; a larger body is answered with 413. */
  readonly bodyLimit: number;
  /** Header in which functions are told where the connection comes from, if they are. */
  readonly peerHeader: string | undefined;
  readonly log: HostLog;
}

/** The HTTP side of the host. */
export interface HttpServer {
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';

/**
 * So long the head of a request may take, as with Kestrel, and all of it: the largest body by a line of a megabit a second. Azure
 * waits for 230 s at most.
 */
const timeouts = { headersTimeout: 30_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 };

/** @throws StartupError when the port cannot be had. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  let stopping = false;
  const throttle = new Throttle(options.limits);
  const connections = new ConnectionsFirst();
  const server = createServer(timeouts, async (request, response) => {
    if (stopping) {
      answerEmpty(response, 503, { close: true });
      return;
    }
    response.once('close', () => {
      // Node keeps the connection of an answered request open, and would wait for its client to let go.
      if (stopping) server.closeIdleConnections();
    });
    const isTaken = await throttle.withPlace(async () => {
      await connections.mayBegin();
      await answer({ ...options, throttle }, request, response);
    });
    if (!isTaken) answerEmpty(response, 429, { close: true });
  });
  server.on('connection', () => connections.accepted());
  const { port } = await listen(server, options);
  return {
    url: `http://${loopback}:${port}`,
    stop() {
      stopping = true;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}

function listen(server: Server, { port }: HttpServerOptions): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken. Stop what uses it, or choose another by PORT (0 is a free one).`;
      const other = `Cannot listen on ${loopback}:${port}: ${error.message}`;
      reject(new StartupError(error.code === 'EADDRINUSE' ? taken : other, { cause: error }));
    });
    server.listen(port, loopback, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
    });
  });
}

type Serving = HttpServerOptions & { readonly throttle: Throttle };
type Asked = RouteMatch & { readonly url: URL };

async function answer(options: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { method = 'GET' } = request;
    const isForFunctions = methodsOfFunctions.has(method);
    const router = await options.router;
    const url = urlOf(request);
    const match = router.find(isForFunctions ? method : 'OPTIONS', url.pathname);
    if (match === undefined) {
      request.resume();
      answerEmpty(response, 404);
      return;
    }
    await (isForFunctions ? runFunction : refuseMethod)(options, { ...match, url }, request, response);
  } catch (error) {
    refuse(response, error, options.log);
  }
}

/** What a function can be registered for, and its requests can have: TRACE the Fetch standard forbids. */
const methodsOfFunctions = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** No function takes this method, whatever the path is. So the app is asked which ones the path takes. */
async function refuseMethod(
  { peerHeader, throttle }: Serving,
  { target, params, url }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  const http = { ...toRpcHttp(request, { url, params, body: undefined, peerHeader }), method: 'OPTIONS' };
  const invocation = { input: { http }, triggerMetadata: {}, caller: callerOf(request) };
  const told = await throttle.withTurn(() => target.invoke(invocation));
  response.setHeader('allow', allowIn(told));
  answerEmpty(response, 405);
}

async function runFunction(
  { bodyLimit, peerHeader, throttle, log }: Serving,
  { target, params, url }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, bodyLimit);
  if (request.headers['transfer-encoding'] !== undefined) {
    const message =
      'the body of a chunked request is not passed to functions on Azure, nor here: send a Content-Length.';
    log({ level: 'warning', category: 'host', functionName: target.metadata.name, message });
  }
  const invocation = {
    input: { http: toRpcHttp(request, { url, params, body, peerHeader }) },
    // The worker says that it takes everything from the request (RpcHttpTriggerMetadataRemoved).
    triggerMetadata: {},
    caller: callerOf(request),
  };
  let result: Awaited<ReturnType<typeof target.invoke>>;
  try {
    result = await throttle.withTurn(() => target.invoke(invocation));
  } catch {
    // It was logged by whoever ran the function; the client learns nothing about it.
    answerEmpty(response, 500);
    return;
  }
  writeResponse(response, result);
}

function callerOf({ headers: { traceparent, tracestate } }: IncomingMessage) {
  return { traceparent: String(traceparent ?? ''), tracestate: tracestate?.toString() };
}

function refuse(response: ServerResponse, error: unknown, log: HostLog): void {
  if (response.destroyed) return;
  const status = error instanceof RequestRefusedError ? error.status : 500;
  if (status === 500) log({ level: 'error', category: 'host', message: `A request failed: ${messageOf(error)}` });
  if (response.headersSent) response.destroy();
  else answerEmpty(response, status, { close: true });
}

function answerEmpty(response: ServerResponse, status: number, { close = false } = {}): void {
  response.statusCode = status;
  if (close) response.setHeader('connection', 'close');
  response.end();
}
