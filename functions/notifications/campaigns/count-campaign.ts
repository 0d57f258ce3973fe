import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { CampaignSuppressed } from '../../../shared/events/contracts/campaigns.ts';
import { NotificationSent } from '../../../shared/events/contracts/notifications.ts';
import { CampaignCounts, campaignBoundary } from './campaign.ts';

const aboutCampaign = 'campaign/';

/** Counts what has become of those whom a campaign has addressed. */
export const countCampaign = subscriber({
  name: 'count-campaign',
  on: [CampaignSuppressed, NotificationSent],
  once: 'by-marker',
  gathers: true,
  boundary({ data }) {
    const campaignId = 'about' in data ? campaignAbout(data.about) : data.campaignId;
    return campaignId === undefined ? undefined : campaignBoundary(campaignId);
  },
  async handle({ data }, work) {
    const campaignId = 'about' in data ? campaignAbout(data.about) : data.campaignId;
    if (campaignId === undefined) return;
    const counts = await work.load(CampaignCounts, campaignId);
    const { told, suppressed } = counts.current ?? { told: 0, suppressed: 0 };
    const isTold = 'about' in data;
    counts.put({ told: told + Number(isTold), suppressed: suppressed + Number(!isTold) });
  },
});

function campaignAbout(about: string): string | undefined {
  return about.startsWith(aboutCampaign) ? about.slice(aboutCampaign.length) : undefined;
}
