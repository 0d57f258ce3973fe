import { later } from '../../../shared/clock.ts';
import { UserEmailVerificationRequested } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { SigningKeys } from '../../../shared/security/signing-keys.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { EmailVerification, mayMail, storedSecret, withLink } from '../mailed-links/mailed-links.ts';
import { currentSecretOf } from '../mailed-links/mailed-token.ts';
import { identitySettings } from '../settings.ts';

interface Asking {
  readonly userId: string;
  readonly address: string;
  readonly requestId: string;
  readonly now: Date;
  readonly keys: SigningKeys;
  readonly settings: Settings;
}

/** Owes a user the mail by which they show that the address is theirs; none, where they have had enough within the hour. */
export async function askToVerify(
  work: UnitOfWork,
  { userId, address, requestId, now, keys, settings }: Asking,
): Promise<void> {
  const known = await work.load(EmailVerification, userId);
  const times = known.current?.links.map(({ requestedAt }) => requestedAt) ?? [];
  if (!mayMail(times, now)) return;
  const secret = currentSecretOf({ purpose: 'email-verification', address, requestId }, keys);
  const at = now.toISOString();
  const expiresAt = later(now, identitySettings.of(settings).EMAIL_VERIFICATION_LIFETIME);
  known.put(withLink(known.current, { requestId, secretHash: storedSecret(secret), requestedAt: at, expiresAt }));
  work.tell(UserEmailVerificationRequested({ userId, requestId, at }));
}
