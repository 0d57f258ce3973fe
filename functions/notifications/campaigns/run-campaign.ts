import { deadline } from '../../../shared/capabilities/deadline.ts';
import { consentedBoundary, MarketingConsent } from '../consent/marketing-consent.ts';
import { address, Campaign } from './campaign.ts';

const pageSize = 50;

/**
 * Addresses a page of those who have consented, in the order of their ids: who is addressed and how far the campaign has got are one
 * commit, so that nobody is addressed twice, whatever crashes. Who consents behind that place is not addressed any more.
 */
export const runCampaign = deadline({
  name: 'run-campaign',
  on: Campaign,
  isDueAtOnce: () => true,
  async handle(campaign, _, { now, reader }) {
    const page = await reader.list(MarketingConsent, consentedBoundary, {
      order: 'ascending',
      after: campaign.state.after,
      limit: pageSize,
      where: { decision: 'granted' },
    });
    const recipients = page.map(({ id }) => id);
    campaign.record(address(campaign.state, recipients, { isLast: page.length < pageSize, now }));
  },
});
