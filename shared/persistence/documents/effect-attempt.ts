import { z } from 'zod';

/** How an effect ended, for good: done, refused by whoever was to do it, or given up when its attempts were used up. */
export const EffectOutcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    /** What the provider calls it, where it has a name of its own for it. */
    reference: z.string().optional(),
  }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
  z.object({ kind: z.literal('gave-up'), reason: z.string() }),
]);
export type EffectOutcome = z.infer<typeof EffectOutcome>;

/** How far the effect of a document has got: the kernel's own, beside the state. */
export const EffectAttempt = z.object({
  /** How many attempts were begun, but for those that are known to have been none. */
  number: z.int().nonnegative(),
  /** The attempt that is under way, */
  id: z.string().optional(),
  /** and until when nobody else may begin one. */
  until: z.string().optional(),
  /** What is known, and could not be settled yet. */
  outcome: EffectOutcome.optional(),
});
export type EffectAttempt = z.infer<typeof EffectAttempt>;
