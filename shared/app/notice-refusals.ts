import type { Service } from '../capabilities/define-service.ts';
import { storedBoundary } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { actorOf } from '../security/actor.ts';

type Noticing = Pick<Service, 'name' | 'refusalNotices'>;

type Needed = Pick<Runtime, 'clock' | 'newId' | 'signingKeys' | 'mayNotice' | 'openUnitOfWork'>;

/** Tells what the services of all apps have to say of a refusal, each by a commit of its own, as often as may be. */
export function noticeRefusalsBy(services: readonly Noticing[], runtime: Needed): Runtime['noticeRefusal'] {
  const { clock, newId, signingKeys, mayNotice, openUnitOfWork } = runtime;
  const notices = services.flatMap(({ name: service, refusalNotices }) =>
    refusalNotices.map((notice) => ({ service, notice })),
  );
  return async ({ caller: { tenant, sub }, capability, trace: { traceId, traceparent } }) => {
    if (!mayNotice(`refusal ${tenant}/${sub} ${capability}`)) return;
    const actor = actorOf({ sub }, signingKeys.recent);
    const refusal = { id: newId(), actor, capability, at: clock.now().toISOString() };
    for (const { service, notice } of notices) {
      const boundary = storedBoundary(tenant, notice.boundary(refusal));
      const work = openUnitOfWork({ service, boundary, cause: { tenant, correlationId: traceId, traceparent } });
      work.tell(notice.event(refusal));
      await work.commit();
    }
  };
}
