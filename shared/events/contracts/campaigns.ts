import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { CustomerId } from './identifiers.ts';

/** What kind of campaign it is: one word, since events tell it. */
export const CampaignKind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'is 1 to 40 lower-case letters, digits or hyphens' });

const campaign = { campaignId: z.string().min(1) };
const ofCampaign = {
  version: 1,
  topic: 'notification-events' as const,
  subject: ({ campaignId }: { campaignId: string }) => `campaign/${campaignId}`,
};
const byCampaign = ({ campaignId }: { campaignId: string }) => campaignId;

export const CampaignStarted = defineEvent({
  type: 'campaign.started',
  description: 'Everybody who has consented to marketing is to be told something; what, no event says.',
  data: z.object({ ...campaign, template: CampaignKind, by: z.string().min(1), startedAt: z.iso.datetime() }),
  partitionKey: byCampaign,
  ...ofCampaign,
});

export const CampaignAddressed = defineEvent({
  type: 'campaign.addressed',
  description: 'Somebody is among those whom a campaign tells something, as long as they still want that.',
  data: z.object({
    ...campaign,
    template: CampaignKind,
    recipientId: CustomerId,
    at: z.iso.datetime(),
    /** When the campaign goes on, where this is the last of a page. */
    continuesAt: z.iso.datetime().optional(),
  }),
  partitionKey: ({ recipientId }) => recipientId,
  ...ofCampaign,
});

export const CampaignEnded = defineEvent({
  type: 'campaign.ended',
  description: 'A campaign has addressed everybody who had consented.',
  data: z.object({ ...campaign, addressed: z.int().nonnegative(), at: z.iso.datetime() }),
  partitionKey: byCampaign,
  ...ofCampaign,
});

export const CampaignSuppressed = defineEvent({
  ...ofCampaign,
  type: 'campaign.suppressed',
  description: 'Somebody was told nothing by a campaign, since they did not want it any more.',
  data: z.object({ ...campaign, recipientId: CustomerId, at: z.iso.datetime() }),
  subject: ({ campaignId, recipientId }) => `campaign-recipient/${campaignId}/${recipientId}`,
  partitionKey: byCampaign,
});
