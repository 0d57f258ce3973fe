import type { Endpoint } from '../../capabilities/endpoint.ts';
import { topicKeyOf } from '../../events/topic-key.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import { ConsumersBehind } from '../../runtime/admission/consumers-behind.ts';
import { OverloadedError } from '../../runtime/admission/overloaded-error.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Call } from '../route.ts';

/** A request that was let in to make what is decided later. */
export interface Admitted {
  /** What it asks for is known now. @throws OverloadedError where others decide it, and would come to it too late */
  ofBody(body: unknown): void;
  /** It has made what its answer shows. */
  made(view: unknown): void;
  /** It is answered. */
  leave(): void;
}

/** Lets requests to an endpoint in that make what is decided later: before anything is done for them, at once or as soon as there is room. */
export type Admit = (call: Pick<Call, 'request' | 'caller'>) => Promise<Admitted>;

interface Place {
  readonly service: string;
  readonly runtime: Pick<
    Runtime,
    'admissions' | 'containerOf' | 'metrics' | 'consumers' | 'settings' | 'clock' | 'log'
  >;
}

/** Whether what a request makes is decided later, so that there can be too much of it. */
export function isAdmitted({ decidedLater, method }: Pick<Endpoint, 'decidedLater' | 'method'>): boolean {
  return decidedLater !== undefined && method !== 'GET';
}

/**
 * Who lets requests in; nobody, where they make nothing that is decided later. What it calls throws OverloadedError for what would wait
 * too long for its decision, and counts that.
 */
export function admitUndecided(
  endpoint: Pick<Endpoint, 'decidedLater' | 'decidedBy' | 'method' | 'name'>,
  place: Place,
): Admit | undefined {
  const { decidedLater, decidedBy, name } = endpoint;
  if (decidedLater === undefined || !isAdmitted(endpoint)) return undefined;
  const { service, runtime } = place;
  const behind = decidedBy === undefined ? undefined : consumersBehind(name, decidedBy.consumers, runtime);
  const counted = (error: unknown) => {
    if (error instanceof OverloadedError) runtime.metrics.overloaded.inc({ endpoint: name, reason: error.reason });
    return error;
  };
  return async ({ request, caller: { tenant, sub } }) => {
    const admission = runtime.admissions.of(runtime.containerOf(service).name);
    const key = request.headers.get('idempotency-key');
    const knownBy = key === null ? undefined : JSON.stringify([tenant, sub, name, key]);
    const ticket = await admission.enter(tenant, knownBy).catch((error: unknown) => {
      throw counted(error);
    });
    return {
      ofBody(body) {
        if (behind === undefined || decidedBy === undefined || !admission.isDecidedElsewhere) return;
        if (knownBy !== undefined && admission.hasAccepted(knownBy)) return;
        try {
          behind.take(tenant, topicKeyOf({ tenantid: tenant, partitionkey: decidedBy.keyOf(body) }));
        } catch (error) {
          throw counted(error);
        }
      },
      made(view) {
        if (!decidedLater.isDecided(view)) ticket.accepted(storedBoundary(tenant, decidedLater.boundaryOf(view)));
      },
      leave: ticket.leave,
    };
  };
}

/** @throws Error where there is no such consumer */
function consumersBehind(
  endpoint: string,
  names: readonly string[],
  { consumers, settings, clock, log }: Place['runtime'],
): ConsumersBehind | undefined {
  if (settings.DECISION_WAIT === 0) return undefined;
  const groups = names.map((name) => {
    const group = consumers.list.find((consumer) => consumer.name === name);
    if (group === undefined) throw new Error(`${endpoint} is decided by ${name}, and there is no such consumer`);
    return group;
  });
  const { lagOf: read, partitionOf } = consumers;
  return new ConsumersBehind({ groups, longestMs: settings.DECISION_WAIT, read, partitionOf, clock, log });
}
