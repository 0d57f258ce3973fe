import { z } from 'zod';
import type { CustomerUpdated } from '../../../shared/events/contracts/customers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** What campaigns go by. */
export const marketing = 'marketing';

/**
 * Whether somebody gets campaigns, as customers have told. There are two of each: one in their own boundary, by which it is decided whether they are told
 * something, and one in the list of all, by which a campaign finds them.
 */
export const MarketingConsent = defineProjection({
  kind: 'consent',
  state: z.object({
    decision: z.enum(['granted', 'withdrawn']),
    /** The sequence of the event that this comes from: an older one changes nothing. */
    sequence: z.int(),
    ttl: z.int().optional(),
  }),
});

/** All of a tenant in one place, by the ids of customers: some hundred bytes each. */
export const consentedBoundary = 'consented';

/** Who is blocked gets none, whatever they have consented to. */
export function decisionIn({
  status,
  consents,
}: Pick<Parameters<typeof CustomerUpdated>[0], 'status' | 'consents'>): 'granted' | 'withdrawn' {
  return status === 'active' && consents[marketing] === 'granted' ? 'granted' : 'withdrawn';
}
