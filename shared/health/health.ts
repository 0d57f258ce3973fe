import { z } from 'zod';
import { type Endpoint, endpoint } from '../capabilities/endpoint.ts';
import { type Answer, ok } from '../http/answer.ts';
import { rejectAbsent } from '../model/rejection.ts';
import { type ChecksOf, Dependency, HealthStatus, type ReadHealth } from '../telemetry/service-health.ts';

export const Health = z
  .object({
    status: HealthStatus,
    service: z.string().optional(),
    dependencies: z.record(z.string(), Dependency),
    services: z.record(z.string(), HealthStatus).optional(),
  })
  .meta({ id: 'Health', description: 'How a part is, and what it depends on' });
export type Health = z.infer<typeof Health>;

/** `/health`, `/health/ready`, `/health/live` and `/health/{service}`: one function, so that no two routes overlap. */
export function healthEndpoint(services: readonly { readonly name: string }[], checksOf: ChecksOf): Endpoint {
  const parts = new Map(services.map(({ name }) => [name, checksOf(name)]));
  return endpoint({
    name: 'health',
    summary: 'Tells whether a part serves, what it depends on and what is wrong',
    method: 'GET',
    route: '/health/{part?}',
    roles: 'public',
    params: z.object({ part: z.string().optional() }),
    answers: { 200: Health, 503: Health },
    async handle({ params: { part } }) {
      // Who asks for this replaces a process that does not answer: what others do not do is no reason.
      if (part === 'live') return answer({ status: 'ok', dependencies: {} });
      if (part === undefined || part === 'ready') return answer(await healthOfAll(parts));
      const checks = parts.get(part);
      if (checks === undefined)
        throw rejectAbsent(`there is no part ${part}: try ready, ${[...parts.keys()].join(', ')}`);
      return answer(await healthOf(part, checks));
    },
  });
}

/** Reads how each of the services is. */
export function readHealth(services: readonly { readonly name: string }[], checksOf: ChecksOf): ReadHealth {
  const parts = services.map(({ name }) => [name, checksOf(name)] as const);
  return async () => {
    const all = parts.map(async ([name, checks]) => [name, await healthOf(name, checks)] as const);
    return new Map(await Promise.all(all));
  };
}

type Checks = ReturnType<ChecksOf>;

async function healthOf(name: string, checks: Checks): Promise<Health> {
  const findings = Object.entries(checks).map(async ([dependency, check]) => [dependency, await check()] as const);
  const dependencies = Object.fromEntries(await Promise.all(findings));
  return { status: worst(Object.values(dependencies)).status, service: `${name}-service`, dependencies };
}

/** The whole is as bad as the worst of its parts, and so is what they depend on. */
async function healthOfAll(parts: ReadonlyMap<string, Checks>): Promise<Health> {
  const names = [...parts.keys()];
  const all = await Promise.all([...parts].map(([name, checks]) => healthOf(name, checks)));
  const findings = Map.groupBy(
    all.flatMap(({ dependencies }) => Object.entries(dependencies)),
    ([dependency]) => dependency,
  );
  const dependencies = [...findings].map(([name, found]) => [name, worst(found.map(([, one]) => one))] as const);
  return {
    status: worst(all).status,
    dependencies: Object.fromEntries(dependencies),
    services: Object.fromEntries(all.map(({ status }, index) => [names[index], status])),
  };
}

const badness = HealthStatus.options;

function worst(findings: readonly Dependency[]): Dependency {
  const sorted = findings.toSorted((a, b) => badness.indexOf(b.status) - badness.indexOf(a.status));
  return sorted[0] ?? { status: 'ok' };
}

function answer(health: Health): Answer<Health> {
  return { ...ok(health), status: health.status === 'down' ? 503 : 200 };
}
