import type { Endpoint } from '../../capabilities/endpoint.ts';
import { storedBoundary } from '../../persistence/documents/stored-document.ts';
import { OverloadedError } from '../../runtime/admission/overloaded-error.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Call } from '../route.ts';

/** A request that was let in to make what is decided later. */
export interface Admitted {
  /** It has made what its answer shows. */
  made(view: unknown): void;
  /** It is answered. */
  leave(): void;
}

interface Place {
  readonly service: string;
  readonly runtime: Pick<Runtime, 'admissions' | 'containerOf' | 'metrics'>;
}

/** Whether what a request makes is decided later, so that there can be too much of it. */
export function isAdmitted({ decidedLater, method }: Pick<Endpoint, 'decidedLater' | 'method'>): boolean {
  return decidedLater !== undefined && method !== 'GET';
}

/**
 * Lets a request in that makes what is decided later, before anything is done for it, at once or as soon as there is room; who makes
 * nothing of the kind needs no leave.
 *
 * @throws OverloadedError where it would wait too long for its decision
 */
export async function admitUndecided(
  endpoint: Pick<Endpoint, 'decidedLater' | 'method' | 'name'>,
  { request, caller }: Pick<Call, 'request' | 'caller'>,
  { service, runtime }: Place,
): Promise<Admitted | undefined> {
  const { decidedLater, name } = endpoint;
  if (decidedLater === undefined || !isAdmitted(endpoint)) return undefined;
  const { tenant, sub } = caller;
  const admission = runtime.admissions.of(runtime.containerOf(service).name);
  const key = request.headers.get('idempotency-key');
  const knownBy = key === null ? undefined : JSON.stringify([tenant, sub, name, key]);
  try {
    const ticket = await admission.enter(tenant, knownBy);
    return {
      made(view) {
        if (!decidedLater.isDecided(view)) ticket.accepted(storedBoundary(tenant, decidedLater.boundaryOf(view)));
      },
      leave: ticket.leave,
    };
  } catch (error) {
    if (error instanceof OverloadedError) runtime.metrics.overloaded.inc({ endpoint: name, reason: error.reason });
    throw error;
  }
}
