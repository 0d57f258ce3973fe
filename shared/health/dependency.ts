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
