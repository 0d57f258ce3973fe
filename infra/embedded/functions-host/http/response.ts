import type { ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpResponse, RpcInvocationResponse, RpcTypedData } from '../app/rpc.ts';

/** What a function gave to its HTTP output, by return or by name; when it gave nothing the host answers 204. */
export function writeResponse(response: ServerResponse, given: RpcInvocationResponse): void {
  const http = httpOutputOf(given);
  response.statusCode = Number(http?.statusCode ?? 204);
  for (const [name, value] of Object.entries(http?.headers ?? {})) {
    // Framing is the server's business: Node sends a Content-Length of its own.
    if (name !== 'transfer-encoding') response.setHeader(name, value);
  }
  if (http?.cookies?.length) response.appendHeader('set-cookie', http.cookies.map(serializeCookie));
  const body = http?.body?.bytes ?? http?.body?.string;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

/** Which methods a function says that its path takes. */
export function allowIn(given: RpcInvocationResponse): string {
  return httpOutputOf(given)?.headers?.allow ?? '';
}

function httpOutputOf({ returnValue, outputData = [] }: RpcInvocationResponse): RpcHttpResponse | undefined {
  return [returnValue, ...outputData.map(({ data }) => data)].flatMap((value) => httpResponseIn(value) ?? [])[0];
}

function httpResponseIn(value: RpcTypedData | null | undefined): RpcHttpResponse | undefined {
  return value?.http !== undefined && !('method' in value.http) ? value.http : undefined;
}

/** The attributes in the order and spelling of ASP.NET's SetCookieHeaderValue; a path of "/" unless another is given. */
function serializeCookie(cookie: RpcHttpCookie): string {
  const { name, value, domain, path, expires, secure, httpOnly, sameSite, maxAge } = cookie;
  const attributes = [`${name}=${encodeURIComponent(value)}`];
  if (expires?.value !== undefined) attributes.push(`expires=${new Date(expires.value.seconds * 1000).toUTCString()}`);
  if (maxAge?.value !== undefined) attributes.push(`max-age=${Math.trunc(maxAge.value)}`);
  if (domain?.value) attributes.push(`domain=${domain.value}`);
  attributes.push(`path=${path?.value ?? '/'}`);
  if (secure?.value) attributes.push('secure');
  if (sameSite === 'explicitNone') attributes.push('samesite=none');
  else if (sameSite !== undefined && sameSite !== 'none') attributes.push(`samesite=${sameSite}`);
  if (httpOnly?.value) attributes.push('httponly');
  return attributes.join('; ');
}
