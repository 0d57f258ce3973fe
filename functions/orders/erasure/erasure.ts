import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';

/** How far the erasing of somebody's details from their orders has got. */
export const Erasure = defineProjection({
  kind: 'erasure',
  state: z.object({
    customerId: z.string(),
    /** Where the list of their orders goes on. */
    continuation: z.string().optional(),
    /** Whether what came late is looked for. */
    isLastRound: z.boolean(),
    dueAt: z.iso.datetime().optional(),
    ttl: z.int().optional(),
  }),
});
