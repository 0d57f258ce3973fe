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

/** What is known of a request besides its head. */
export interface ReadRequest {
  readonly url: URL;
  readonly params: RouteParams;
  readonly body: Buffer | undefined;
  /** In which header the function is told where the connection comes from, if it is. */
  readonly peerHeader: string | undefined;
}

/**
 * The request in the form in which the host sends it to a worker: header names in lower case, repeated headers and
 * query parameters joined by commas, the body as bytes
 * (https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.Grpc/MessageExtensions/GrpcMessageConversionExtensions.cs).
 */
export function toRpcHttp(request: IncomingMessage, { url, params, body, peerHeader }: ReadRequest): RpcHttpRequest {
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: headersOf(request, peerHeader),
    nullableQuery: url.search === '' ? {} : queryOf(url.searchParams),
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
  const url = hostAndPort.test(host) ? URL.parse(text) : null;
  if (url === null) throw new RequestRefusedError(400, `${text} is no URL.`);
  return url;
}

/**
 * With where the connection comes from, in place of what the client says of it under that name. The real host tells no function; the
 * front ends before it do.
 */
function headersOf(
  { rawHeaders, socket }: IncomingMessage,
  peerHeader: string | undefined,
): Record<string, RpcNullable<string>> {
  const byName = new Map<string, string>();
  let name: string | undefined;
  for (const text of rawHeaders) {
    if (name === undefined) {
      name = text.toLowerCase();
    } else {
      const known = byName.get(name);
      byName.set(name, known === undefined ? text : `${known},${text}`);
      name = undefined;
    }
  }
  if (peerHeader !== undefined) byName.set(peerHeader, socket.remoteAddress ?? '');
  return nullables(byName);
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
