import type { IncomingRequest, OutgoingResponse } from '../../shared/http/incoming.ts';
import type { Endpoint } from '../../shared/service/endpoint.ts';
import { endpointRoute, type Stage } from '../../shared/service/endpoint-route.ts';
import { serveRoute } from '../../shared/service/serve-route.ts';

/** Has an endpoint serve a request, as the Functions host would. */
export function serveEndpoint(endpoint: Endpoint, request: IncomingRequest, stage: Stage): Promise<OutgoingResponse> {
  return serveRoute(endpointRoute(endpoint, stage), request, stage.runtime);
}
