import { z } from 'zod';
import {
  CampaignAddressed,
  CampaignEnded,
  CampaignKind,
  CampaignStarted,
} from '../../../shared/events/contracts/campaigns.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** A campaign: how far it has got with those who have consented, in the order of their ids. */
export const CampaignState = z.object({
  campaignId: z.string(),
  template: CampaignKind,
  by: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  addressed: z.int().nonnegative(),
  /** The last who was addressed. */
  after: z.string().optional(),
  dueAt: z.iso.datetime().optional(),
});
export type CampaignState = z.infer<typeof CampaignState>;

/** What a campaign says, in the words of whoever has started it: beside it, since no event tells them. */
export const CampaignText = defineProjection({ kind: 'campaign-text', state: z.object({ text: z.string() }) });

/** What has become of those who were addressed; counted as it comes. */
export const CampaignCounts = defineProjection({
  kind: 'campaign-counts',
  state: z.object({ told: z.int().nonnegative(), suppressed: z.int().nonnegative() }),
});

/** Addresses a page of recipients, each once; the last page ends the campaign. */
export function address(campaign: CampaignState, recipients: readonly string[], { isLast, now }: Page) {
  const { campaignId, template, dueAt } = campaign;
  const at = now.toISOString();
  const events = recipients.map((recipientId, index) =>
    CampaignAddressed({
      campaignId,
      template,
      recipientId,
      at,
      ...(index === recipients.length - 1 && !isLast ? { continuesAt: dueAtOnce(now, dueAt) } : {}),
    }),
  );
  if (!isLast) return events;
  return [...events, CampaignEnded({ campaignId, addressed: campaign.addressed + recipients.length, at })];
}

interface Page {
  readonly isLast: boolean;
  readonly now: Date;
}

export const Campaign = defineAggregate({
  kind: 'campaign',
  state: CampaignState,
  events: [CampaignStarted, CampaignAddressed, CampaignEnded],
  begin: {
    [CampaignStarted.type]: ({ data }): CampaignState => ({
      ...data,
      addressed: 0,
      dueAt: dueAtOnce(new Date(data.startedAt)),
    }),
  },
  evolve: {
    [CampaignAddressed.type]: (campaign, { data: { recipientId: after, continuesAt } }): CampaignState => ({
      ...campaign,
      addressed: campaign.addressed + 1,
      after,
      ...(continuesAt === undefined ? {} : { dueAt: continuesAt }),
    }),
    [CampaignEnded.type]: ({ dueAt: _, ...campaign }, { data: { at } }): CampaignState => ({
      ...campaign,
      endedAt: at,
    }),
  },
});

export function campaignBoundary(campaignId: string): string {
  return `campaign:${campaignId}`;
}
