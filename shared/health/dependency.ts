import { z } from 'zod';
import { HealthStatus } from '../telemetry/service-health.ts';

/** How something is on which a service depends, and what is wrong with it. */
export const Dependency = z.object({
  status: HealthStatus,
  /** Where there are several that it may be. */
  name: z.string().optional(),
  detail: z.string().optional(),
});
export type Dependency = z.infer<typeof Dependency>;
