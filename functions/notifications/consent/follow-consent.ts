import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { CustomerDeleted, CustomerUpdated } from '../../../shared/events/contracts/customers.ts';
import { rememberedSeconds } from '../../../shared/settings/retention.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { consentedBoundary, decisionIn, MarketingConsent } from './marketing-consent.ts';

/** Remembers who wants campaigns. Who is deleted does not, and is remembered for as long as an older event may come. */
export const followConsent = subscriber({
  name: 'follow-consent',
  on: [CustomerUpdated, CustomerDeleted],
  once: 'by-document',
  projects: [MarketingConsent],
  boundary: ({ data }) =>
    'changed' in data && !data.changed.some((part) => part === 'consents' || part === 'status')
      ? undefined
      : [recipientBoundary(data.customerId), consentedBoundary],
  reads: ({ data }) => [{ type: MarketingConsent, id: data.customerId }],
  async handle({ sequence, data }, work) {
    const consent = await work.load(MarketingConsent, data.customerId);
    if (consent.exists && consent.state.sequence >= sequence) return;
    if ('changed' in data) consent.put({ decision: decisionIn(data), sequence });
    else consent.put({ decision: 'withdrawn', sequence, ttl: rememberedSeconds });
  },
});
