import { isDeepStrictEqual } from 'node:util';
import { answerHeadersOf, type Endpoint, type EndpointContext } from '../../capabilities/endpoint.ts';
import type { Cause } from '../../events/cause.ts';
import type { Answer } from '../../http/answer.ts';
import { readBody } from '../../http/bodies/read-body.ts';
import type { IncomingRequest, OutgoingResponse } from '../../http/incoming.ts';
import { invalid, Problem } from '../../http/problems/problem.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import { Reader } from '../../persistence/reading/reader.ts';
import type { Opening, Runtime } from '../../runtime/runtime.ts';
import { type Call, type Route, readMethods } from '../route.ts';
import { problemsOf } from './endpoint-problems.ts';
import { type IdempotentUse, idempotentUse, StoredAnswerFoundError } from './idempotent-use.ts';
import { checkIfMatch } from './if-match.ts';
import { inParts } from './request-parts.ts';
import { RequestAbandonedError, retryOnConflict } from './retry-on-conflict.ts';

/** Where an endpoint runs: its service's name, and what it runs on. */
export interface Stage {
  readonly service: string;
  readonly runtime: Runtime;
}

/** Serves an endpoint: what is asked for, the handler, the commit, the answer. */
export function endpointRoute(endpoint: Endpoint, stage: Stage): Route {
  const { name, method, route, roles, timeoutMs } = endpoint;
  return {
    name,
    methods: method === 'GET' ? readMethods : [method],
    route,
    roles,
    problems: problemsOf(endpoint),
    timeoutMs,
    respond: (call) => answer(endpoint, call, stage),
  };
}

async function answer(endpoint: Endpoint, call: Call, stage: Stage): Promise<OutgoingResponse> {
  const { request, caller, trace } = call;
  const { sent, body } =
    endpoint.body === undefined ? { sent: undefined, body: undefined } : await readBody(request, endpoint.body);
  const input = { caller, params: readParams(endpoint, request), query: readQuery(endpoint, request), body };
  const use = idempotentUse(endpoint, request, { caller, sent }, stage.runtime.newId);
  const cause: Cause = { tenant: caller.tenant, correlationId: trace.traceId, traceparent: trace.traceparent };
  const patience = { clock: stage.runtime.clock, isGivenUp: call.isGivenUp };
  try {
    return await retryOnConflict(patience, (isRetry) =>
      attempt(endpoint, call, stage, { ...input, cause, use, isRetry }),
    );
  } catch (error) {
    if (error instanceof StoredAnswerFoundError) return error.response;
    throw error;
  }
}

interface Attempt extends Pick<EndpointContext<unknown, unknown, unknown>, 'caller' | 'params' | 'query' | 'body'> {
  readonly cause: Cause;
  readonly use: IdempotentUse;
  readonly isRetry: boolean;
}

/** Runs the handler once on the state as it is now, and commits what it did together with the answer. */
async function attempt(
  endpoint: Endpoint,
  { request, charge, isGivenUp }: Call,
  { runtime, service }: Stage,
  { cause, use, isRetry, ...input }: Attempt,
): Promise<OutgoingResponse> {
  const { tenant } = cause;
  const container = runtime.containerOf(service).charging(charge);
  const opened: { readonly work: UnitOfWork; readonly refuseRepeat: () => Promise<void> }[] = [];
  const open = (opening: Omit<Opening, 'service' | 'cause'>) =>
    runtime.openUnitOfWork({ ...opening, service, cause, charge });
  const { clock, settings } = runtime;
  const context: EndpointContext<unknown, unknown, unknown> = {
    ...input,
    unitOfWork: (name) => {
      const boundary = storedBoundary(tenant, name);
      const refuseRepeat = () => use.refuseRepeat(container, boundary);
      const work = open({ boundary, isRetry, beforeFirstUse: refuseRepeat });
      opened.push({ work, refuseRepeat });
      return work;
    },
    inParts: inParts({ use, container, tenant, open, clock, isGivenUp, retentionMs: settings.IDEMPOTENCY_RETENTION }),
    reader: new Reader(container, tenant),
    userAgent: request.headers.get('user-agent') ?? '',
    newId: use.newIds(),
    now: clock.now(),
    settings,
    signingKeys: runtime.signingKeys,
    consumers: runtime.consumers,
    ifMatch: (version) => checkIfMatch(request.headers.get('if-match'), version),
  };
  // The same request may have been answered between the first look and what the handler read: then it met its own doing.
  const lookAgain = async () => {
    for (const { refuseRepeat } of opened) await refuseRepeat();
  };
  const response = responseOf(
    endpoint,
    await endpoint.handle(context).catch(async (error: unknown) => {
      await lookAgain();
      throw error;
    }),
  );
  const changed = opened.map(({ work }) => work).filter((work) => work.hasChanges);
  const last = changed.at(-1);
  if (last === undefined) await lookAgain();
  else use.keep(response, last, settings.IDEMPOTENCY_RETENTION);
  for (const work of changed) {
    if (isGivenUp()) throw new RequestAbandonedError();
    await work.commit();
  }
  return response;
}

/** @throws Error where the answer is none that the endpoint declares: whoever reads the API's description relies on it. */
function responseOf(endpoint: Endpoint, { status, headers, body }: Answer): OutgoingResponse {
  const schema = endpoint.answers[status];
  if (schema === undefined) throw new Error(`${endpoint.name} answers ${status}, which it does not declare`);
  const declared: readonly string[] = answerHeadersOf(endpoint, status);
  if (!isDeepStrictEqual(Object.keys(headers).toSorted(), declared.toSorted()))
    throw new Error(
      `${endpoint.name} answers ${status} with the headers ${Object.keys(headers)}, but declares ${declared}`,
    );
  const encoded = schema.encode(body);
  if (encoded === undefined) return { status, headers };
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(encoded) };
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
