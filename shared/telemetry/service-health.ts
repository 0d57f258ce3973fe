import { z } from 'zod';

/** `degraded` serves, with delay or in part; `down` does not. */
export const HealthStatus = z.enum(['ok', 'degraded', 'down']);
export type HealthStatus = z.infer<typeof HealthStatus>;

/** How something is on which a service depends, and what is wrong with it. */
export const Dependency = z.object({
  status: HealthStatus,
  /** Where there are several that it may be. */
  name: z.string().optional(),
  detail: z.string().optional(),
});
export type Dependency = z.infer<typeof Dependency>;

/** Looks at one dependency. Never rejects: what cannot be seen is not well. */
export type HealthCheck = () => Promise<Dependency>;

/** What a service depends on, by the dependency's name: the same checks whoever asks, so that each is made once and told of once. */
export type ChecksOf = (service: string) => Readonly<Record<string, HealthCheck>>;

/** How a service is, and each thing that it depends on. */
export interface ServiceHealth {
  readonly status: HealthStatus;
  readonly dependencies: Readonly<Record<string, { readonly status: HealthStatus }>>;
}

/** How each service of the system is, by name, as this process sees it. Never rejects: what cannot be seen is not well. */
export type ReadHealth = () => Promise<ReadonlyMap<string, ServiceHealth>>;
