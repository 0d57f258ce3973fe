import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CampaignKind, CampaignStarted } from '../../../shared/events/contracts/campaigns.ts';
import { accepted } from '../../../shared/http/answer.ts';
import { text } from '../../../shared/text.ts';
import { Campaign, CampaignText, campaignBoundary } from './campaign.ts';
import { CampaignView, viewOf } from './campaign-view.ts';

const StartCampaign = z
  .strictObject({
    template: CampaignKind.describe('What kind it is: newsletter and offer have subjects of their own'),
    text: text(2_000).describe('What is said, as it is; a text message has 459 letters at most'),
  })
  .meta({ id: 'StartCampaign', example: { template: 'newsletter', text: 'The green lamps are here.' } });

export const startCampaign = endpoint({
  name: 'start-campaign',
  summary: 'Tells something to everybody who has consented to marketing, once each, by the channels that they want',
  method: 'POST',
  route: 'campaigns',
  roles: ['manager'],
  body: StartCampaign,
  answers: { 202: CampaignView },
  headers: ['location'],
  async handle({ body: { template, text: said }, actor: by, now, newId, unitOfWork }) {
    const campaignId = newId();
    const work = unitOfWork(campaignBoundary(campaignId));
    const campaign = await work.load(Campaign, campaignId);
    campaign.record(CampaignStarted({ campaignId, template, by, startedAt: now.toISOString() }));
    (await work.load(CampaignText, campaignId)).put({ text: said });
    return accepted(`/api/v1/campaigns/${campaignId}`, viewOf(campaign.state, said));
  },
});
