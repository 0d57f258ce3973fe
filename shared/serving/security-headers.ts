/**
 * What tells a browser that an answer of the API is data: nothing in it is to be run, framed, guessed at or kept.
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
 */
const always: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const overTls: Readonly<Record<string, string>> = {
  ...always,
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** The headers of every answer to a request of this URL. HSTS is for TLS only (RFC 6797, section 7.2). */
export function securityHeaders(url: string): Readonly<Record<string, string>> {
  return url.startsWith('https:') ? overTls : always;
}
