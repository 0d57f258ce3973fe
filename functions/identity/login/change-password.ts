import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { hashPassword } from '../password/passwords.ts';
import { sessionsOf } from '../session/user-sessions.ts';
import { identitySettings } from '../settings.ts';
import { ownAccount } from '../user/account.ts';
import { changed, userBoundary } from '../user/user.ts';
import { checkPassword } from './check-password.ts';
import { Credential, GivenPassword, refuseWeak } from './credential.ts';

const ChangePassword = z
  .strictObject({ old_password: GivenPassword, new_password: GivenPassword })
  .meta({ id: 'ChangePassword' });

/** Guessing the old password counts as guessing at the login: a stolen token is no way round. */
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
  needs: ['inTurn'],
  async handle({ body, caller, unitOfWork, now, settings, inTurn }) {
    const { PASSWORD_POLICY, PASSWORD_COST: cost } = identitySettings.of(settings);
    refuseWeak(body.new_password, PASSWORD_POLICY);
    const { profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    const { email: address } = profile.state;
    const { userId, work } = await checkPassword({
      address,
      password: body.old_password,
      unitOfWork,
      now,
      inTurn,
      cost,
    });
    const { user } = await ownAccount(work, userId);
    user.record(changed(user.state, 'password'));
    const passwordHash = await inTurn(() => hashPassword(body.new_password, cost));
    const credential = await work.load(Credential, userId);
    credential.put({ ...credential.state, passwordHash });
    (await sessionsOf(work, userId, { now, settings })).endOthers(caller.session, { reason: 'password-changed' });
    return noContent();
  },
});
