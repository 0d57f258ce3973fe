import type { InTurn } from '../../async/work-queue.ts';
import type { Endpoint, EndpointContext } from '../../capabilities/endpoint.ts';
import type { Needs } from '../../capabilities/endpoints/needs.ts';
import type { TenantPlace } from '../../capabilities/endpoints/tenant-place.ts';
import type { Cause } from '../../events/cause.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import { Reader } from '../../persistence/reading/reader.ts';
import type { Opening, Runtime } from '../../runtime/runtime.ts';
import { actorOf } from '../../security/actor.ts';
import { hasRole } from '../../security/principal.ts';
import { type Call, type Route, readMethods } from '../route.ts';
import { type Admitted, admitUndecided } from './admit-undecided.ts';
import { answerAsPreferred } from './answer-as-preferred.ts';
import { declaredResponse } from './declared-response.ts';
import { problemsOf } from './endpoint-problems.ts';
import { givenNeeds } from './given-needs.ts';
import { type IdempotentUse, idempotentUse, type OpenedWork, StoredAnswerFoundError } from './idempotent-use.ts';
import { checkIfMatch } from './if-match.ts';
import { type Input, readInput } from './read-input.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** Where an endpoint runs: its service's name, and what it runs on. */
export interface Stage {
  readonly service: string;
  readonly runtime: Runtime;
}

/** Serves an endpoint: what is asked for, the handler, the commit, the answer. */
export function endpointRoute(endpoint: Endpoint, stage: Stage): Route {
  const { name, method, route, roles, rate, timeoutMs } = endpoint;
  const admit = admitUndecided(endpoint, stage);
  return {
    name,
    methods: method === 'GET' ? readMethods : [method],
    route,
    roles,
    rate,
    problems: problemsOf(endpoint),
    timeoutMs,
    respond: (call) => answerAsPreferred(endpoint, call, stage, () => answerIfAdmitted(endpoint, call, stage, admit)),
  };
}

/** @throws OverloadedError before anything is done, where what it would make waits too long for its decision */
async function answerIfAdmitted(
  endpoint: Endpoint,
  call: Call,
  stage: Stage,
  admit: ((call: Call) => Promise<Admitted>) | undefined,
): Promise<OutgoingResponse> {
  const admitted = await admit?.(call);
  try {
    return await answerAtOnce(endpoint, call, stage, admitted);
  } finally {
    admitted?.leave();
  }
}

async function answerAtOnce(
  endpoint: Endpoint,
  call: Call,
  stage: Stage,
  admitted: Admitted | undefined,
): Promise<OutgoingResponse> {
  const { request, caller, trace, charge, signal } = call;
  const { runtime, service } = stage;
  const { clock, newId, settings, signingKeys } = runtime;
  const input = await readInput(endpoint, request);
  admitted?.ofBody(input.body);
  const { tenant } = caller;
  const cause: Cause = { tenant, correlationId: trace.traceId, traceparent: trace.traceparent };
  const container = runtime.containerOf(service).charging(charge);
  const open = (opening: Pick<Opening, 'boundary' | 'isRetry'>) =>
    runtime.openUnitOfWork({ ...opening, service, cause, charge });
  const readerOf = (tenant: string) => new Reader(container, tenant);
  const use = idempotentUse(endpoint, request, input, {
    caller,
    container,
    reader: readerOf(tenant),
    open: (name) => open({ boundary: storedBoundary(tenant, name) }),
    newId,
    signingKeys: signingKeys.recent,
    retentionMs: settings.IDEMPOTENCY_RETENTION,
  });
  const respond = (inTurn: InTurn) =>
    retryOnConflict({ clock, signal }, (isRetry) =>
      attempt(endpoint, call, runtime, { service, input, admitted, use, readerOf, open, inTurn, isRetry }),
    );
  try {
    const isHeavy = endpoint.needs.includes('inTurn');
    return await (isHeavy ? runtime.heavyWork.within(`${tenant}/${endpoint.name}`, signal, respond) : respond(atOnce));
  } catch (error) {
    if (error instanceof StoredAnswerFoundError) return error.response;
    throw error;
  }
}

/** Who does nothing heavy waits for nobody. */
const atOnce: InTurn = (work) => work();

interface Attempt {
  readonly service: string;
  readonly input: Input;
  readonly admitted: Admitted | undefined;
  readonly use: IdempotentUse;
  readonly readerOf: (tenant: string) => Reader;
  readonly open: (opening: Pick<Opening, 'boundary' | 'isRetry'>) => UnitOfWork;
  readonly inTurn: InTurn;
  readonly isRetry: boolean;
}

/** Runs the handler once on the state as it is now, and commits what it did together with the answer. */
async function attempt(
  endpoint: Endpoint,
  { request, caller, signal, charge }: Call,
  runtime: Runtime,
  { service, input, admitted, use, readerOf, open, inTurn, isRetry }: Attempt,
): Promise<OutgoingResponse> {
  const { clock, settings } = runtime;
  const opened: OpenedWork[] = [];
  const placeOf = (tenant: string): TenantPlace => ({
    reader: readerOf(tenant),
    unitOfWork(name) {
      const boundary = storedBoundary(tenant, name);
      const work = open({ boundary, isRetry });
      opened.push({ boundary, work });
      return work;
    },
  });
  const parts = { use, tenant: caller.tenant, open, clock, signal };
  const context: EndpointContext<unknown, unknown, unknown> & Partial<Needs> = {
    ...input,
    ...givenNeeds(endpoint.needs, { service, request, runtime, parts, inTurn, knownBy: use.knownBy, caller, placeOf }),
    ...placeOf(caller.tenant),
    caller,
    actor: actorOf(caller, runtime.signingKeys.recent),
    isForOneself: endpoint.forOthers.length === 0 || !hasRole(caller, ...endpoint.forOthers),
    newId: use.newIds(),
    now: clock.now(),
    settings,
    lookup: runtime.lookupOf(caller.tenant, charge),
    ifMatch: (version) => checkIfMatch(request.headers.get('if-match'), version),
  };
  if (use.knownBy !== undefined) await endpoint.beforeRepeat?.(context);
  await use.refuseRepeat();
  const answer = await endpoint.handle(context).catch(async (error: unknown) => {
    // The same request may have been answered between the first look and what the handler read: then it met its own doing.
    await use.refuseRepeat();
    throw error;
  });
  const response = declaredResponse(endpoint, answer);
  const changed = opened.filter(({ work }) => work.hasChanges);
  const last = changed.at(-1);
  if (last === undefined) {
    await use.refuseRepeat();
  } else {
    signal.throwIfAborted();
    await use.keep(response, last);
  }
  for (const { work } of changed) {
    signal.throwIfAborted();
    await work.commit();
  }
  if (last !== undefined) admitted?.made(answer.body);
  return response;
}
