/** Headers beyond the simple ones that a browser's script may send. */
const requestHeaders =
  'authorization, content-type, idempotency-key, if-match, prefer, traceparent, tracestate, x-tenant';
/** Headers beyond the simple ones that it may read. */
const answerHeaders =
  'etag, idempotency-replayed, location, preference-applied, retry-after, www-authenticate, x-request-id';
const preflightSeconds = 600;

type Headers = Readonly<Record<string, string>>;

/**
 * What lets a page of another origin read an answer, if the setting names the page's origin (or `*`). Without cookies, so
 * without `Access-Control-Allow-Credentials`: who calls is in the token. Where origins are answered differently, caches are
 * told so.
 * Source: https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(allowed: readonly string[], origin: string | null): Headers {
  if (allowed.length === 0) return {};
  if (allowed.includes('*')) return { 'access-control-allow-origin': '*', ...exposed };
  if (!isAllowed(allowed, origin)) return { vary: 'Origin' };
  return { 'access-control-allow-origin': origin, vary: 'Origin', ...exposed };
}

const exposed: Headers = { 'access-control-expose-headers': answerHeaders };

/** What the preflight of such a page is told besides: what it may send to an address that takes these methods. */
export function preflightHeaders(
  allowed: readonly string[],
  origin: string | null,
  methods: readonly string[],
): Headers {
  if (!isAllowed(allowed, origin)) return {};
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': requestHeaders,
    'access-control-max-age': String(preflightSeconds),
  };
}

function isAllowed(allowed: readonly string[], origin: string | null): origin is string {
  return origin !== null && (allowed.includes(origin) || allowed.includes('*'));
}
