import type { Endpoint, EndpointContext } from '../../capabilities/endpoint.ts';
import { readBody } from '../../http/bodies/read-body.ts';
import type { IncomingRequest } from '../../http/incoming.ts';
import { invalid, Problem } from '../../http/problems/problem.ts';

/** What a request asks an endpoint for, by the endpoint's schemas. */
export interface Input extends Pick<EndpointContext<unknown, unknown, unknown>, 'params' | 'query' | 'body'> {
  /** The body before its schema gave it defaults: what tells one request from another under one `Idempotency-Key`. */
  readonly sent: unknown;
}

/** @throws Problem where the request does not fit. */
export async function readInput(endpoint: Endpoint, request: IncomingRequest): Promise<Input> {
  const { sent, body } =
    endpoint.body === undefined ? { sent: undefined, body: undefined } : await readBody(request, endpoint.body);
  return { params: readParams(endpoint, request), query: readQuery(endpoint, request), body, sent };
}

/** A path that cannot name anything names nothing. */
function readParams({ params }: Endpoint, request: IncomingRequest): unknown {
  if (params === undefined) return undefined;
  const result = params.safeParse(request.params);
  if (result.success) return result.data;
  throw new Problem(
    404,
    'not-found',
    result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

function readQuery({ query }: Endpoint, request: IncomingRequest): unknown {
  if (query === undefined) return undefined;
  const result = query.safeParse(Object.fromEntries(request.query));
  if (result.success) return result.data;
  throw invalid('query', result.error);
}
