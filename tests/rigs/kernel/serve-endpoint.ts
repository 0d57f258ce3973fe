import type { Endpoint } from '../../../shared/capabilities/endpoint.ts';
import type { IncomingRequest, OutgoingResponse } from '../../../shared/http/incoming.ts';
import { endpointRoute, type Stage } from '../../../shared/serving/endpoints/endpoint-route.ts';
import { serveRoute } from '../../../shared/serving/serve-route.ts';

/** Has an endpoint serve a request, as the Functions host would. */
export function serveEndpoint(endpoint: Endpoint, request: IncomingRequest, stage: Stage): Promise<OutgoingResponse> {
  return serveRoute(endpointRoute(endpoint, stage), request, stage.runtime);
}
