import { answers } from '../../../shared/capabilities/answers.ts';
import { EmailToVerify } from '../../../shared/lookups/email-to-verify.ts';
import { identitySettings } from '../settings.ts';
import { User, userBoundary } from '../user/user.ts';

/** Where nobody has to verify anything (`VERIFY_EMAIL`), nothing is read. People of outside issuers have no account here. */
export const emailToVerify = answers(EmailToVerify, async ({ userId }, { reader, settings }) => {
  if (identitySettings.of(settings).VERIFY_EMAIL === 'off') return undefined;
  const user = await reader.read(User, { boundary: userBoundary(userId), id: userId });
  return user && { isVerified: user.state.emailVerifiedAt !== undefined };
});
