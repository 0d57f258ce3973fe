import { type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import type { SpanDescription } from '../telemetry/tracing.ts';
import type { Route } from './route.ts';
import { toldPath } from './told-path.ts';

/**
 * The span of a request, a child of the caller's where they sent a well-formed traceparent.
 * Source: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function requestSpan({ route }: Route, { method, url, headers }: IncomingRequest): SpanDescription {
  const { protocol, pathname, hostname } = new URL(url);
  return {
    name: `${method} /${route}`,
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': method,
      'http.route': `/${route}`,
      'url.scheme': protocol.slice(0, -1),
      'url.path': toldPath(route, pathname),
      'server.address': hostname,
    },
    parent: headers.get('traceparent') ?? undefined,
  };
}

/** A client's mistake is no error of the server's span. */
export function tellStatus(span: Span, { status }: OutgoingResponse): void {
  span.setAttribute('http.response.status_code', status);
  if (status < 500) return;
  span.setAttribute('error.type', String(status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
