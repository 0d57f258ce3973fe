import { answers } from '../../../shared/capabilities/answers.ts';
import { AccountLink } from '../../../shared/lookups/account-link.ts';
import { trustedKeys } from '../../../shared/security/signing-keys.ts';
import { accountPageUrl } from '../account-page/account-page-url.ts';
import { identitySettings } from '../settings.ts';
import { Profile } from '../user/profile.ts';
import { User, userBoundary } from '../user/user.ts';
import { EmailVerification, PasswordReset, storedSecret } from './mailed-links.ts';
import { secretOf, writeMailedToken } from './mailed-token.ts';

const linksOf = { 'password-reset': PasswordReset, 'email-verification': EmailVerification } as const;

/**
 * Makes the link of a mail, while it is sent. What it carries stands behind a #, which no browser sends: so it comes into no log of
 * requests. The keys may have been rotated since it was asked for: it is made by the one that it was asked for under.
 */
export const accountLink = answers(AccountLink, async ({ userId, purpose, requestId }, context) => {
  const { reader, now, settings, tenant, signingKeys } = context;
  const at = { boundary: userBoundary(userId), id: userId };
  const [user, profile, links] = await Promise.all([
    reader.read(User, at),
    reader.read(Profile, at),
    reader.read(linksOf[purpose], at),
  ]);
  const link = links?.state.links.find((one) => one.requestId === requestId);
  if (user?.state.status !== 'active' || profile === undefined || link === undefined) return undefined;
  if (link.expiresAt <= now.toISOString()) return undefined;
  const request = { purpose, address: profile.state.email, requestId };
  const secret = trustedKeys(signingKeys.now(), now)
    .map((key) => secretOf(request, key))
    .find((one) => storedSecret(one) === link.secretHash);
  if (secret === undefined) return undefined;
  const carried = new URLSearchParams({ for: purpose, token: writeMailedToken({ userId, secret }), tenant });
  return { link: `${accountPageUrl(identitySettings.of(settings))}#${carried}`, expiresAt: link.expiresAt };
});
