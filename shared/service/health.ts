import { z } from 'zod';
import { type Answer, ok } from '../http/answer.ts';
import { rejectAbsent } from '../rejection.ts';
import { errorText } from '../telemetry/log.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import type { Runtime } from './runtime.ts';

/** `degraded` serves, with delay or in part; `down` does not. */
const Status = z.enum(['ok', 'degraded', 'down']);
type Status = z.infer<typeof Status>;

const Dependency = z.object({ status: Status, detail: z.string().optional() });
type Dependency = z.infer<typeof Dependency>;

export const Health = z.object({
  status: Status,
  service: z.string().optional(),
  dependencies: z.record(z.string(), Dependency),
  services: z.record(z.string(), Status).optional(),
});
export type Health = z.infer<typeof Health>;

const patienceMs = 2_000;

/** `/health`, `/health/ready` and `/health/{service}`: one function, so that no two routes overlap. */
export function healthEndpoint(services: readonly { readonly name: string }[], runtime: Runtime): Endpoint {
  const names = services.map(({ name }) => name);
  return endpoint({
    name: 'health',
    summary: 'Tells whether a part serves, and what it depends on',
    method: 'GET',
    route: '/health/{part?}',
    roles: 'public',
    params: z.object({ part: z.string().optional() }),
    answers: { 200: Health, 503: Health },
    async handle({ params: { part } }) {
      if (part === undefined || part === 'ready') return answer(await healthOfAll(names, runtime));
      if (!names.includes(part)) throw rejectAbsent(`there is no part ${part}: try ready, ${names.join(', ')}`);
      return answer(await healthOf(part, runtime));
    },
  });
}

async function healthOfAll(names: readonly string[], runtime: Runtime): Promise<Health> {
  const parts = await Promise.all(names.map((name) => healthOf(name, runtime)));
  const services = Object.fromEntries(names.map((name, index) => [name, parts[index]?.status ?? 'down']));
  return { status: worst(parts.map(({ status }) => status)), dependencies: parts[0]?.dependencies ?? {}, services };
}

/** Without the store a service is down; without the bus it takes orders and tells of them later. */
async function healthOf(name: string, { containerOf, transport }: Runtime): Promise<Health> {
  const [store, bus] = await Promise.all([
    probe(() => containerOf(name).ping(), 'down'),
    probe(() => transport.ping(), 'degraded'),
  ]);
  return { status: worst([store.status, bus.status]), service: `${name}-service`, dependencies: { store, bus } };
}

async function probe(ping: () => Promise<void>, otherwise: Status): Promise<Dependency> {
  const patience = AbortSignal.timeout(patienceMs);
  const silence = new Promise<never>((_, reject) => {
    patience.addEventListener('abort', () => reject(new Error(`no answer within ${patienceMs} ms`)));
  });
  try {
    await Promise.race([ping(), silence]);
    return { status: 'ok' };
  } catch (error) {
    return { status: otherwise, detail: errorText(error) };
  }
}

function worst(statuses: readonly Status[]): Status {
  if (statuses.includes('down')) return 'down';
  return statuses.includes('degraded') ? 'degraded' : 'ok';
}

function answer(health: Health): Answer<Health> {
  return { ...ok(health), status: health.status === 'down' ? 503 : 200 };
}
