import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import { problemOf } from '../http/problem-of.ts';
import { problemResponse } from '../http/problem-response.ts';
import { breakerStates } from '../messaging/dispatcher.ts';
import type { DocumentContainer } from '../persistence/document-container.ts';
import { traceContext } from '../telemetry/trace-context.ts';
import { callerOf } from './caller.ts';
import { isFromThisMachine } from './from-this-machine.ts';
import { measureLag } from './measure-lag.ts';
import { measureBacklog } from './outbox-backlog.ts';
import type { Runtime } from './runtime.ts';

type Host = Pick<Runtime, 'metrics' | 'dispatcher' | 'consumers' | 'verifyToken' | 'clock' | 'log'>;

/**
 * Answers Prometheus: what this process counted, and what the outboxes of these containers hold and the consumers
 * have yet to read now. Who asks from
 * another machine needs a token with the role operator.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export async function serveMetrics(
  request: IncomingRequest,
  containers: readonly DocumentContainer[],
  host: Host,
): Promise<OutgoingResponse> {
  const { metrics, dispatcher, verifyToken } = host;
  try {
    if (!isFromThisMachine(request))
      await callerOf({ name: 'metrics', roles: ['operator'] }, request.headers, verifyToken);
  } catch (error) {
    return problemResponse(problemOf(error), traceContext(request.headers.get('traceparent')).traceId);
  }
  for (const state of breakerStates) metrics.breaker.set({ state }, state === dispatcher.breaker ? 1 : 0);
  await Promise.all([measureBacklog(containers, host), measureLag(host)]);
  const headers = { 'content-type': metrics.registry.contentType };
  return { status: 200, headers, body: await metrics.registry.metrics() };
}
