import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { type Principal, roles } from '../../../shared/security/principal.ts';
import { PasswordReset } from '../mailed-links/mailed-links.ts';
import { hashPassword } from '../password/passwords.ts';
import { sessionsOf } from '../session/user-sessions.ts';
import { identitySettings } from '../settings.ts';
import { ownAccount } from '../user/account.ts';
import { changed, userBoundary } from '../user/user.ts';
import { ownerOf } from './address-owner.ts';
import { checkPassword } from './check-password.ts';
import { countRepeat } from './count-guess.ts';
import { Credential, GivenPassword, refuseWeak } from './credential.ts';
import type { Guesser } from './guesses.ts';

const ChangePassword = z
  .strictObject({ old_password: GivenPassword, new_password: GivenPassword })
  .meta({ id: 'ChangePassword' });

/**
 * Guessing the old password is counted by session: whoever has stolen one has no more tries than a stranger at the login, and a
 * stranger at the login locks nobody out of it.
 */
export const changePassword = endpoint({
  name: 'change-password',
  summary: 'Changes the caller’s password, and ends their other sessions',
  method: 'POST',
  route: 'users/me/password',
  roles,
  rate: 'auth',
  body: ChangePassword,
  takesSecret: true,
  answers: { 204: z.undefined() },
  problems: ['weak-password', 'wrong-credentials', 'too-many-attempts', 'not-found', 'deactivated'],
  needs: ['inTurn', 'knownBy', 'signingKeys'],
  async beforeRepeat({ caller, unitOfWork, now, knownBy: request, signingKeys }) {
    const { profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    const { email: address } = profile.state;
    const owner = await ownerOf(address, unitOfWork);
    await countRepeat(owner, { by: sessionGuesser(caller), request, now }, address, {
      unitOfWork,
      keys: signingKeys.recent(),
    });
  },
  async handle({ body, caller, unitOfWork, now, settings, inTurn, newId, knownBy: request, signingKeys }) {
    const { PASSWORD_POLICY, PASSWORD_COST: cost } = identitySettings.of(settings);
    const { profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    const { email: address } = profile.state;
    refuseWeak(body.new_password, PASSWORD_POLICY, profile.state);
    const { userId, work } = await checkPassword({
      address,
      password: body.old_password,
      by: () => sessionGuesser(caller),
      request,
      unitOfWork,
      now,
      inTurn,
      newId,
      keys: signingKeys.recent(),
      cost,
    });
    const { user } = await ownAccount(work, userId);
    user.record(changed(user.state, 'password'));
    const passwordHash = await inTurn(() => hashPassword(body.new_password, cost));
    const credential = await work.load(Credential, userId);
    credential.put({ ...credential.state, passwordHash, changedAt: now.toISOString() });
    (await work.load(PasswordReset, userId)).remove();
    (await sessionsOf(work, userId, { now, settings })).endOthers(caller.session, { reason: 'password-changed' });
    return noContent();
  },
});

function sessionGuesser({ session = 'none' }: Principal): Guesser {
  return { among: 'sessions', id: session };
}
