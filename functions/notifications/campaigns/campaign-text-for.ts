import { ConsentOfCustomer } from '../../../shared/lookups/consent-of-customer.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { marketing } from '../consent/marketing-consent.ts';
import type { Parameters } from '../templates/template.ts';
import { CampaignText, campaignBoundary } from './campaign.ts';

interface About {
  readonly recipientId: string;
  readonly parameters: Parameters;
}

/** What a campaign says to somebody who wants to hear it at the very moment at which it goes out; nothing to anybody else. */
export async function campaignTextFor(
  { recipientId: customerId, parameters: { campaignId = '' } }: About,
  lookup: Lookup,
  reader: Reader,
): Promise<Parameters | undefined> {
  const consent = await lookup(ConsentOfCustomer, { customerId, purpose: marketing });
  if (consent?.isGranted !== true) return undefined;
  const said = await reader.read(CampaignText, { boundary: campaignBoundary(campaignId), id: campaignId });
  return said === undefined ? undefined : { text: said.state.text };
}
