import { AccountLink, type LinkPurpose } from '../../../shared/lookups/account-link.ts';
import type { Lookup } from '../../../shared/lookups/define-lookup.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { campaignTextFor } from '../campaigns/campaign-text-for.ts';
import type { Parameters } from './template.ts';
import type { TemplateName } from './templates.ts';

interface AboutNotice {
  readonly recipientId: string;
  readonly parameters: Parameters;
}

/** Asks for what a template is filled with besides; nothing, where there is no reason any more to send it. */
type LooksUp = (about: AboutNotice, lookup: Lookup, reader: Reader) => Promise<Parameters | undefined>;

/** What is for one pair of eyes, such as a link that lets somebody in, is in no document and no event. */
const lookUps: { readonly [Name in TemplateName]?: LooksUp } = {
  'password-reset': linkFor('password-reset'),
  'email-verification': linkFor('email-verification'),
  campaign: campaignTextFor,
};

/** The link that an account is asked to be looked after by. */
function linkFor(purpose: LinkPurpose): LooksUp {
  return async ({ recipientId: userId, parameters: { requestId = '' } }, lookup) => {
    const found = await lookup(AccountLink, { userId, purpose, requestId });
    return found && { link: found.link, until: found.expiresAt };
  };
}

/**
 * What a template is filled with when it is sent, and not before, besides its parameters; nothing, where it is not to be sent any more. In
 * the inbox the template is filled without it.
 */
export async function lookedUp(
  template: TemplateName,
  about: AboutNotice,
  lookup: Lookup,
  reader: Reader,
): Promise<Parameters | undefined> {
  const look = lookUps[template];
  return look === undefined ? {} : await look(about, lookup, reader);
}
