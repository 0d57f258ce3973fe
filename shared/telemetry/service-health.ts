import { z } from 'zod';

/** `degraded` serves, with delay or in part; `down` does not. */
export const HealthStatus = z.enum(['ok', 'degraded', 'down']);
export type HealthStatus = z.infer<typeof HealthStatus>;

/** How a service is, and each thing that it depends on. */
export interface ServiceHealth {
  readonly status: HealthStatus;
  readonly dependencies: Readonly<Record<string, { readonly status: HealthStatus }>>;
}

/** How each service of the system is, by name, as this process sees it. Never rejects: what cannot be seen is not well. */
export type ReadHealth = () => Promise<ReadonlyMap<string, ServiceHealth>>;
