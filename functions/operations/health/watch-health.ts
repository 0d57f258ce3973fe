import { z } from 'zod';
import { schedule } from '../../../shared/capabilities/schedule.ts';
import { ServiceHealthChanged } from '../../../shared/events/contracts/platform.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { HealthStatus } from '../../../shared/telemetry/service-health.ts';

/** How a service was when it was told of last. */
const ToldHealth = defineProjection({
  kind: 'told-health',
  state: z.object({ status: HealthStatus, at: z.iso.datetime() }),
});

/**
 * Looks once a minute how each service is, and tells of those that are not as they were when they were told of last. What it tells
 * goes through the outbox: that the bus is away is heard when it is back.
 */
export const watchHealth = schedule({
  name: 'watch-health',
  recurs: { every: 'PT1M' },
  runsFor: 'the-system',
  async handle(work, { health, now }) {
    const at = now.toISOString();
    const services = await health();
    await work.preload([...services.keys()].map((id) => ({ type: ToldHealth, id })));
    for (const [service, { status: to, dependencies }] of services) {
      const told = await work.load(ToldHealth, service);
      const { status: from } = told.current ?? { status: 'ok' };
      if (from === to) continue;
      const each = Object.entries(dependencies).map(([name, { status }]) => [name, status] as const);
      work.tell(ServiceHealthChanged({ service, from, to, dependencies: Object.fromEntries(each), at }));
      told.put({ status: to, at });
    }
  },
});
