import type { IncomingRequest } from '../../../shared/http/incoming.ts';

export interface RequestParts {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
}

/** A request as the Functions host hands it over, with a token for `someone` unless the headers say otherwise. */
export function request({
  method = 'POST',
  url = 'http://127.0.0.1/api/v1/counters',
  headers = {},
  query = {},
  params = {},
  body,
}: RequestParts): IncomingRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = new Headers({ authorization: 'Bearer someone', 'content-type': 'application/json', ...headers });
  return {
    method,
    url: `${url}?${new URLSearchParams(query)}`,
    headers: all,
    params,
    arrayBuffer: async () => new TextEncoder().encode(text ?? '').buffer,
  };
}
