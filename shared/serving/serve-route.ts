import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import type { Problem } from '../http/problems/problem.ts';
import { OverloadedError } from '../runtime/admission/overloaded-error.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { timed } from '../telemetry/timed.ts';
import { type TraceContext, traceContext } from '../telemetry/trace-context.ts';
import { traceparentOf } from '../telemetry/tracing.ts';
import { admit } from './admit.ts';
import { corsHeaders } from './cors.ts';
import { noticeRefused } from './notice-refused.ts';
import { internalProblem, problemOf } from './problem-of.ts';
import { problemResponse } from './problem-response.ts';
import { logRequest, RequestAccount } from './request-account.ts';
import { requestSpan, tellStatus } from './request-span.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { withinTime } from './within-time.ts';

/** What serving a route needs of the runtime. */
export type Host = Pick<
  Runtime,
  | 'settings'
  | 'clock'
  | 'newId'
  | 'log'
  | 'metrics'
  | 'tracing'
  | 'limiter'
  | 'authLimiter'
  | 'verifyToken'
  | 'mayNotice'
  | 'noticeRefusal'
>;

/**
 * Serves one request, whatever the route: every answer, also that to a refusal or a bug, is counted, traced, logged and
 * gets its headers here. From the outside in: `timed`, `traced`, the headers, `answered`, `withinTime`, `admit`, `respond`.
 *
 * @param invocation the traceparent under which the Functions host tells of the request, in the trace of its caller where that sent one
 */
export async function serveRoute(
  route: Route,
  request: IncomingRequest,
  host: Host,
  invocation?: string,
): Promise<OutgoingResponse> {
  const account = new RequestAccount(host.newId(), host.clock.now());
  const response = await timed(host.metrics, route.name, () =>
    traced(route, request, { tracing: host.tracing, invocation }, async (trace) => {
      account.traceId = trace.traceId;
      return withHeaders(await answered(route, request, host, trace, account), request, host, account);
    }),
  );
  host.metrics.httpRequests.inc({ endpoint: route.name, status: response.status });
  logRequest(route, request, response, account, host);
  return response;
}

/**
 * Goes on with the caller's trace, in a span where somebody takes spans. Where nobody does, in the host's, so that a line of the log is
 * found by the operation that Application Insights shows; whoever takes spans has none of the host's.
 */
async function traced(
  route: Route,
  request: IncomingRequest,
  { tracing, invocation }: Pick<Host, 'tracing'> & { readonly invocation: string | undefined },
  work: (trace: TraceContext) => Promise<OutgoingResponse>,
): Promise<OutgoingResponse> {
  if (tracing === undefined) return work(traceContext(invocation ?? request.headers.get('traceparent')));
  return tracing.within(requestSpan(route, request), async (span) => {
    const response = await work({ traceId: span.spanContext().traceId, traceparent: traceparentOf(span) });
    tellStatus(span, response);
    return response;
  });
}

/** A route's own headers come last, so that a page may have what the others must not. */
function withHeaders(
  { headers, ...response }: OutgoingResponse,
  { url, headers: asked }: IncomingRequest,
  { settings }: Host,
  { requestId }: RequestAccount,
): OutgoingResponse {
  const ofAll = { ...securityHeaders(url), ...corsHeaders(settings.CORS_ORIGINS, asked.get('origin')) };
  return { ...response, headers: { ...ofAll, ...headers, 'x-request-id': requestId } };
}

/** Whoever is refused for want of room is counted, which is no trouble of its own and very often. */
function isTrouble(error: unknown, { status }: Problem): boolean {
  return status >= 500 && !(error instanceof OverloadedError);
}

/** The route's answer, or the problem in its place. */
async function answered(
  route: Route,
  request: IncomingRequest,
  host: Host,
  trace: TraceContext,
  account: RequestAccount,
): Promise<OutgoingResponse> {
  try {
    return await withinTime(route.timeoutMs ?? host.settings.REQUEST_TIMEOUT, async (signal) => {
      const caller = await admit(route, request, host, account).catch(async (error: unknown) => {
        await noticeRefused(error, { route, request, account, trace }, host);
        throw error;
      });
      return route.respond({ request, caller, trace, charge: account.charge, signal });
    });
  } catch (error) {
    const problem = problemOf(error);
    const isDeclared = route.problems.has(problem.code);
    account.refuse(error, problem.code);
    if (!isDeclared || isTrouble(error, problem)) {
      const message = isDeclared
        ? 'request failed'
        : `request failed with ${problem.code}, which its route does not declare`;
      host.log.error(message, {
        route: route.name,
        requestId: account.requestId,
        traceId: trace.traceId,
        error: errorText(error),
      });
    }
    return problemResponse(isDeclared ? problem : internalProblem(), trace.traceId);
  }
}
