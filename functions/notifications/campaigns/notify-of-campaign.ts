import { z } from 'zod';
import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { CampaignAddressed, CampaignSuppressed } from '../../../shared/events/contracts/campaigns.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { MissingDocumentError } from '../../../shared/persistence/documents/store-errors.ts';
import { MarketingConsent } from '../consent/marketing-consent.ts';
import { NoticeText } from '../inbox/notice-text.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { readsOfNotice, sendNotice } from '../notices/send-notice.ts';
import { CampaignText, campaignBoundary } from './campaign.ts';

/** That somebody was told nothing by a campaign. */
const Suppressed = defineProjection({ kind: 'campaign-suppressed', state: z.object({ at: z.iso.datetime() }) });

/** Tells somebody what a campaign says, unless they have withdrawn their consent meanwhile. */
export const notifyOfCampaign = subscriber({
  name: 'notify-of-campaign',
  on: CampaignAddressed,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.recipientId),
  reads: (event) => [...readsOfNotice(event), { type: MarketingConsent, id: event.data.recipientId }],
  async handle(event, work, context) {
    const { campaignId, template, recipientId, at } = event.data;
    const consent = await work.load(MarketingConsent, recipientId);
    if (consent.current?.decision !== 'granted') {
      const suppressed = await work.load(Suppressed, campaignId);
      if (suppressed.exists) return;
      suppressed.put({ at });
      work.tell(CampaignSuppressed({ campaignId, recipientId, at }));
      return;
    }
    const said = await context.reader.readRecent(CampaignText, {
      boundary: campaignBoundary(campaignId),
      id: campaignId,
    });
    if (said === undefined) throw new MissingDocumentError(`the campaign ${campaignId} has no text yet`);
    const notice = { recipientId, template: 'campaign', parameters: { campaignId, kind: template } } as const;
    await sendNotice(work, event, notice, context);
    const text = await work.load(NoticeText, event.id);
    if (!text.exists) text.put({ body: said.state.text });
  },
});
