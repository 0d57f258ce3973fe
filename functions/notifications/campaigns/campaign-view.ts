import { z } from 'zod';
import { type CampaignCounts, CampaignState } from './campaign.ts';

const { template, by, startedAt, endedAt, addressed } = CampaignState.shape;

export const CampaignView = z
  .object({
    id: z.uuid(),
    template,
    text: z.string(),
    status: z.enum(['running', 'ended']),
    by,
    startedAt,
    endedAt,
    counts: z.object({
      addressed: addressed.describe('Who had consented when the campaign came to them'),
      told: z.int().describe('Who has it in their inbox; what became of e-mails is in `GET /deliveries`'),
      suppressed: z.int().describe('Who did not want it any more by then'),
    }),
  })
  .meta({
    id: 'Campaign',
    description: 'A notice to everybody who has consented to marketing',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      template: 'newsletter',
      text: 'The green lamps are here.',
      status: 'ended',
      by: '01a20947-a59f-76f9-837c-cc7d43945ad2',
      startedAt: '2026-11-22T10:00:00.000Z',
      endedAt: '2026-11-22T10:00:01.000Z',
      counts: { addressed: 120, told: 119, suppressed: 1 },
    },
  });

export function viewOf(
  { campaignId: id, addressed: count, endedAt: ended, template: kind, by: who, startedAt: started }: CampaignState,
  text: string,
  { told, suppressed }: ReturnType<typeof CampaignCounts.parse> = { told: 0, suppressed: 0 },
): z.output<typeof CampaignView> {
  return {
    id,
    template: kind,
    text,
    status: ended === undefined ? 'running' : 'ended',
    by: who,
    startedAt: started,
    ...(ended === undefined ? {} : { endedAt: ended }),
    counts: { addressed: count, told, suppressed },
  };
}
