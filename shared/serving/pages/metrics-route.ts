import { z } from 'zod';
import { type Breaker, breakerStates } from '../../async/breaker.ts';
import { forTheWhole } from '../../capabilities/endpoints/for-the-whole.ts';
import { topics } from '../../events/topics.ts';
import { measureLag } from '../../health/measure-lag.ts';
import { measureBacklog } from '../../health/outbox-backlog.ts';
import type { DocumentContainer } from '../../persistence/documents/document-container.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Route } from '../route.ts';
import { isFromThisMachine } from './from-this-machine.ts';
import { type Page, pageRoute } from './page.ts';

type Host = Pick<Runtime, 'settings' | 'metrics' | 'dispatcher' | 'admissions' | 'consumers' | 'clock' | 'log'>;

export const metricsPage: Page = {
  name: 'metrics',
  summary: 'Tells Prometheus what this process counted',
  route: 'metrics',
  roles: ['operator'],
  answer: z.string(),
  mediaTypes: ['text/plain'],
};

/** An effect, and how its provider is. */
interface GuardedEffect {
  readonly name: string;
  readonly breaker: Pick<Breaker, 'state'>;
}

/**
 * Answers Prometheus: what this process counted, how the providers of these effects are, and what the outboxes of these containers hold and the consumers
 * have yet to read now. Whoever asks needs a token with the role operator, of `main` since that is of all tenants, unless `METRICS` opens the page to the machine that
 * it runs on.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsRoute(
  containers: readonly DocumentContainer[],
  effects: readonly GuardedEffect[],
  host: Host,
): Route {
  const { metrics, dispatcher, admissions, settings } = host;
  const isOpenTo: NonNullable<Route['isOpenTo']> = (request) =>
    settings.METRICS === 'loopback' && isFromThisMachine(request, settings);
  return pageRoute({ ...metricsPage, isOpenTo }, async ({ caller }) => {
    if (caller.roles.length > 0) forTheWhole(caller, settings, 'a process counts for all tenants');
    for (const state of breakerStates) {
      for (const topic of topics) metrics.breaker.set({ topic, state }, state === dispatcher.breakerOf(topic) ? 1 : 0);
      for (const { name: effect, breaker } of effects)
        metrics.effectBreaker.set({ effect, state }, state === breaker.state ? 1 : 0);
    }
    for (const [container, waitMs] of admissions.waits()) metrics.decisionWait.set({ container }, waitMs / 1_000);
    await Promise.all([measureBacklog(containers, host), measureLag(host)]);
    const headers = { 'content-type': metrics.registry.contentType };
    return { status: 200, headers, body: await metrics.registry.metrics() };
  });
}
