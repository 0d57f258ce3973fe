import type { ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpResponse, RpcInvocationResponse, RpcTypedData } from '../app/rpc.ts';

/** What a function gave to its HTTP output, by return or by name; when it gave nothing the host answers 204. */
export function writeResponse(response: ServerResponse, result: RpcInvocationResponse): void {
  const { statusCode = '204', headers = {}, cookies = [], body: given } = httpOutputOf(result) ?? {};
  const body = given?.bytes ?? given?.string;
  // All at once: for each header that is set by itself, Node keeps it under two names.
  const head: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    // Framing is the server's business.
    if (name !== 'transfer-encoding' && (name !== 'content-length' || body === undefined)) head.push(name, value);
  }
  for (const cookie of cookies) head.push('set-cookie', serializeCookie(cookie));
  if (body !== undefined) head.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(Number(statusCode), head);
  response.end(body);
}

/** Which methods a function says that its path takes. */
export function allowIn(given: RpcInvocationResponse): string {
  return httpOutputOf(given)?.headers?.allow ?? '';
}

function httpOutputOf({ returnValue, outputData = [] }: RpcInvocationResponse): RpcHttpResponse | undefined {
  const returned = httpResponseIn(returnValue);
  if (returned !== undefined || outputData.length === 0) return returned;
  return outputData.flatMap(({ data }) => httpResponseIn(data) ?? [])[0];
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
