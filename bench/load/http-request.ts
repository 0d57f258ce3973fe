/** The bytes of a JSON request with a token, for `HttpConnection.send`; further lines of its head as they are. */
export function jsonRequest(
  method: string,
  url: URL,
  token: string,
  body?: unknown,
  headers: readonly string[] = [],
): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    `authorization: Bearer ${token}`,
    ...headers,
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}
