import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { Campaign, CampaignCounts, CampaignText, campaignBoundary } from './campaign.ts';
import { CampaignView, viewOf } from './campaign-view.ts';

export const getCampaign = endpoint({
  name: 'get-campaign',
  summary: 'Reads how far a campaign has got',
  method: 'GET',
  route: 'campaigns/{id}',
  roles: ['manager'],
  params: z.object({ id: z.uuid() }),
  answers: { 200: CampaignView },
  async handle({ params: { id }, reader }) {
    const address = { boundary: campaignBoundary(id), id };
    const [campaign, said, counts] = await Promise.all([
      reader.read(Campaign, address),
      reader.read(CampaignText, address),
      reader.read(CampaignCounts, address),
    ]);
    if (campaign === undefined || said === undefined) throw rejectAbsent(`there is no campaign ${id}`);
    return ok(viewOf(campaign.state, said.state.text, counts?.state));
  },
});
