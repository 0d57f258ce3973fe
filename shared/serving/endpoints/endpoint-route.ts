import type { Endpoint, EndpointContext } from '../../capabilities/endpoint.ts';
import type { Needs } from '../../capabilities/needs.ts';
import type { Cause } from '../../events/cause.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import { Reader } from '../../persistence/reading/reader.ts';
import type { Opening, Runtime } from '../../runtime/runtime.ts';
import { hasRole } from '../../security/principal.ts';
import { type Call, type Route, readMethods } from '../route.ts';
import { declaredResponse } from './declared-response.ts';
import { problemsOf } from './endpoint-problems.ts';
import { givenNeeds } from './given-needs.ts';
import { type IdempotentUse, idempotentUse, StoredAnswerFoundError } from './idempotent-use.ts';
import { checkIfMatch } from './if-match.ts';
import { type Input, readInput } from './read-input.ts';
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
  const { sent, ...input } = await readInput(endpoint, request);
  const use = idempotentUse(endpoint, request, { caller, sent }, stage.runtime.newId);
  const cause: Cause = { tenant: caller.tenant, correlationId: trace.traceId, traceparent: trace.traceparent };
  const options = { clock: stage.runtime.clock, isGivenUp: call.isGivenUp };
  try {
    return await retryOnConflict(options, (isRetry) =>
      attempt(endpoint, call, stage, { ...input, cause, use, isRetry }),
    );
  } catch (error) {
    if (error instanceof StoredAnswerFoundError) return error.response;
    throw error;
  }
}

interface Attempt extends Omit<Input, 'sent'> {
  readonly cause: Cause;
  readonly use: IdempotentUse;
  readonly isRetry: boolean;
}

/** Runs the handler once on the state as it is now, and commits what it did together with the answer. */
async function attempt(
  endpoint: Endpoint,
  { request, caller, charge, isGivenUp }: Call,
  { runtime, service }: Stage,
  { cause, use, isRetry, ...input }: Attempt,
): Promise<OutgoingResponse> {
  const { tenant } = cause;
  const container = runtime.containerOf(service).charging(charge);
  const opened: { readonly work: UnitOfWork; readonly refuseRepeat: () => Promise<void> }[] = [];
  const open = (opening: Omit<Opening, 'service' | 'cause'>) =>
    runtime.openUnitOfWork({ ...opening, service, cause, charge });
  const { clock, settings } = runtime;
  const parts = { use, container, tenant, open, clock, isGivenUp, retentionMs: settings.IDEMPOTENCY_RETENTION };
  const context: EndpointContext<unknown, unknown, unknown> & Partial<Needs> = {
    ...input,
    ...givenNeeds(endpoint.needs, { request, runtime, parts }),
    caller,
    isForOneself: !hasRole(caller, ...endpoint.forOthers),
    unitOfWork: (name) => {
      const boundary = storedBoundary(tenant, name);
      const refuseRepeat = () => use.refuseRepeat(container, boundary);
      const work = open({ boundary, isRetry, beforeFirstUse: refuseRepeat });
      opened.push({ work, refuseRepeat });
      return work;
    },
    reader: new Reader(container, tenant),
    newId: use.newIds(),
    now: clock.now(),
    settings,
    ifMatch: (version) => checkIfMatch(request.headers.get('if-match'), version),
  };
  // The same request may have been answered between the first look and what the handler read: then it met its own doing.
  const lookAgain = async () => {
    for (const { refuseRepeat } of opened) await refuseRepeat();
  };
  const response = declaredResponse(
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
