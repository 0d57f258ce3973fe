import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import type { IncomingRequest, OutgoingResponse } from '../../../shared/http/incoming.ts';
import { endpointRoute, type Stage } from '../../../shared/serving/endpoints/endpoint-route.ts';
import { serveRoute } from '../../../shared/serving/serve-route.ts';

/** An answer that is no file. */
export interface TextResponse extends OutgoingResponse {
  readonly body?: string;
}

/** Has an endpoint serve a request, as the Functions host would. */
export async function serveEndpoint(endpoint: Endpoint, request: IncomingRequest, stage: Stage): Promise<TextResponse> {
  const { body, ...response } = await serveForFile(endpoint, request, stage);
  if (typeof body !== 'string' && body !== undefined) throw new Error(`${endpoint.name} has answered a file`);
  return { ...response, ...(body === undefined ? {} : { body }) };
}

/** The same for an endpoint that may answer a file. */
export function serveForFile(endpoint: Endpoint, request: IncomingRequest, stage: Stage): Promise<OutgoingResponse> {
  return serveRoute(endpointRoute(endpoint, stage), request, stage.runtime);
}
