import type { IncomingMessage } from 'node:http';
import type { RpcHttpRequest, RpcNullable } from '../app/rpc.ts';
import type { RouteParams } from './route-template.ts';

/** A request that no function gets to see, and the status that says why. */
export class RequestRefusedError extends Error {
  override readonly name = 'RequestRefusedError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The request in the form in which the host sends it to a worker: header names in lower case, repeated headers and
 * query parameters joined by commas, the body as bytes
 * (https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.Grpc/MessageExtensions/GrpcMessageConversionExtensions.cs).
 */
export function toRpcHttp(
  request: IncomingMessage,
  { params, body, peerHeader }: { params: RouteParams; body: Buffer | undefined; peerHeader: string | undefined },
): RpcHttpRequest {
  const url = urlOf(request);
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: { ...headersOf(request), ...peerOf(request, peerHeader) },
    nullableQuery: queryOf(url.searchParams),
    nullableParams: nullables(Object.entries(params)),
    ...(body === undefined ? {} : { body: { bytes: body } }),
  };
}

/** A name or an address, and a port: no path, and nobody's name (RFC 9110, 7.2). */
const hostAndPort = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/**
 * Where the request goes, as its client wrote it: an absolute target says so itself, and its Host header does not count (RFC 9112,
 * 3.2.2).
 *
 * @throws RequestRefusedError with 400 when its host or path make no URL.
 */
export function urlOf({ headers, url: target = '/' }: IncomingMessage): URL {
  const absolute = /^https?:\/\/(?<host>[^/?#]*)(?<path>.*)$/i.exec(target)?.groups;
  const { host = headers.host ?? 'localhost', path = target } = absolute ?? {};
  const text = `http://${host}${path.startsWith('/') ? path : `/${path}`}`;
  if (!hostAndPort.test(host) || !URL.canParse(text)) throw new RequestRefusedError(400, `${text} is no URL.`);
  return new URL(text);
}

function headersOf({ headersDistinct }: IncomingMessage): Record<string, RpcNullable<string>> {
  return nullables(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(',')]));
}

/**
 * Where the connection comes from, in place of what the client says of it under that name. The real host tells no function; the
 * front ends before it do.
 */
function peerOf({ socket }: IncomingMessage, header: string | undefined): Record<string, RpcNullable<string>> {
  return header === undefined ? {} : { [header]: { value: socket.remoteAddress ?? '' } };
}

function queryOf(search: URLSearchParams): Record<string, RpcNullable<string>> {
  const byName = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of search) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return nullables([...byName.values()].map(({ name, values }) => [name, values.join(',')]));
}

function nullables(entries: Iterable<readonly [string, string]>): Record<string, RpcNullable<string>> {
  return Object.fromEntries(Array.from(entries, ([name, value]) => [name, { value }]));
}
