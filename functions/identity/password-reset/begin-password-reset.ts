import { deadline } from '../../../shared/capabilities/deadline.ts';
import { later } from '../../../shared/clock.ts';
import { UserPasswordResetRequested } from '../../../shared/events/contracts/identity.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { AddressClaim } from '../address/address-claim.ts';
import { addressKey } from '../address/email-address.ts';
import { PasswordReset, withLink } from '../mailed-links/mailed-links.ts';
import { identitySettings } from '../settings.ts';
import { Profile } from '../user/profile.ts';
import { User, userBoundary } from '../user/user.ts';
import { type AskedReset, lookedAt, ResetRequests } from './reset-requests.ts';

/**
 * Looks whose the address is, and owes them their mails. Nothing follows where it is nobody's, or of somebody who is deactivated. What it does
 * with the user is the same when it is done twice: a link is known by its request.
 */
export const beginPasswordReset = deadline({
  name: 'begin-password-reset',
  on: ResetRequests,
  isDueAtOnce: () => true,
  async handle(requests, work, { now, settings, unitOfWork }) {
    const { asked } = requests.state;
    requests.put(lookedAt(requests.state));
    const userId = (await work.load(AddressClaim, requests.id)).current?.userId;
    if (userId === undefined) return;
    const lifetime = identitySettings.of(settings).PASSWORD_RESET_LIFETIME;
    const links = asked
      .map((one) => ({ ...one, expiresAt: later(new Date(one.at), lifetime) }))
      .filter(({ expiresAt }) => expiresAt > now.toISOString());
    await oweMails(unitOfWork(userBoundary(userId)), { userId, key: requests.id, links });
  },
});

interface Owed {
  readonly userId: string;
  /** Of the address that they were asked for by. */
  readonly key: string;
  readonly links: readonly (AskedReset & { readonly expiresAt: string })[];
}

async function oweMails(work: UnitOfWork, { userId, key, links }: Owed): Promise<void> {
  await work.preload([User, Profile, PasswordReset].map((type) => ({ type, id: userId })));
  const { current: user } = await work.load(User, userId);
  const { current: profile } = await work.load(Profile, userId);
  // A claim may lead to somebody who has another address.
  if (user?.status !== 'active' || profile === undefined || addressKey(profile.email) !== key) return;
  const known = await work.load(PasswordReset, userId);
  for (const { requestId, secretHash, at, expiresAt } of links) {
    if (known.current?.links.some((one) => one.requestId === requestId)) continue;
    known.put(withLink(known.current, { requestId, secretHash, requestedAt: at, expiresAt }));
    work.tell(UserPasswordResetRequested({ userId, requestId, at }));
  }
}
