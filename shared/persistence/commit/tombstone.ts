import { z } from 'zod';
import { defineProjection } from '../../model/projection.ts';

/**
 * That a boundary was erased, kept in it for good: no reaction begins anything there any more, however late its event comes.
 * Nothing lifts it, so what can be erased is named by an id that is given once.
 */
export const Tombstone = defineProjection({
  kind: 'tombstone',
  state: z.object({
    /** The name of the erasure. */
    erasure: z.string(),
    /** What was erased: the id in the boundary's name. */
    of: z.string(),
    erasedAt: z.iso.datetime(),
    /** When the boundary is emptied once more. */
    dueAt: z.iso.datetime().optional(),
  }),
});

/** A boundary has one. */
export const tombstoneId = 'erased';
