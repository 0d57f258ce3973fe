import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { TypedAddress } from '../../../shared/email-address.ts';
import { ok } from '../../../shared/http/answer.ts';
import { json } from '../../../shared/http/bodies/json.ts';
import { oauthForm } from '../../../shared/http/bodies/oauth-form.ts';
import { GrantType, refuseOtherGrant } from '../grant-type.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { deviceName } from '../session/device-name.ts';
import { grant, TokenGrant } from '../session/token-grant.ts';
import { sessionsOf } from '../session/user-sessions.ts';
import { identitySettings } from '../settings.ts';
import { refuseDeactivated } from '../user/account.ts';
import { User } from '../user/user.ts';
import { checkPassword } from './check-password.ts';
import { Credential, GivenPassword } from './credential.ts';
import { deviceOf } from './device.ts';
import { longestDeviceToken } from './device-token.ts';
import { loginGuesser } from './login-guesser.ts';

/** As OAuth names them (RFC 6749, section 4.3.2): the username is the address. */
const LogIn = z
  .strictObject({
    grant_type: GrantType,
    username: TypedAddress,
    password: GivenPassword,
    device_token: z
      .string()
      .max(longestDeviceToken)
      .optional()
      .describe('The `device_token` of the last grant that this device got: with it, nobody else locks it out'),
  })
  .meta({ id: 'LogIn', example: { username: 'ann@example.com', password: 'Four yellow chairs, 1 lamp' } });

export const logIn = endpoint({
  name: 'log-in',
  summary: 'Begins a session for whoever knows the password',
  method: 'POST',
  route: 'auth/login',
  roles: 'public',
  rate: 'auth',
  body: LogIn,
  accepts: [oauthForm(LogIn), json],
  maxBodyBytes: mostBytesOfAForm,
  answers: { 200: TokenGrant },
  problems: ['unsupported-grant-type', 'wrong-credentials', 'too-many-attempts', 'deactivated'],
  answersSecret: true,
  needs: ['userAgent', 'clientNetwork', 'signingKeys', 'inTurn'],
  async handle({
    body: { grant_type, username: address, password, device_token: deviceToken },
    caller: { tenant },
    unitOfWork,
    userAgent,
    clientNetwork: network,
    newId,
    now,
    settings,
    signingKeys,
    inTurn,
  }) {
    refuseOtherGrant(grant_type, 'password');
    const { PASSWORD_COST: cost } = identitySettings.of(settings);
    const keys = signingKeys.recent();
    const by = loginGuesser({ address, network, tenant, deviceToken, keys, now });
    const { userId, work } = await checkPassword({ address, password, by, unitOfWork, now, inTurn, newId, keys, cost });
    const user = await work.load(User, userId);
    refuseDeactivated(user.state);
    // Whoever is deactivated meanwhile is to have no session that goes on once they are let in again.
    work.rely(user);
    const sessions = await sessionsOf(work, userId, { now, settings });
    const sessionId = newId();
    const login = { userId, sessionId, device: deviceOf(userId, userAgent), at: now.toISOString() };
    const given = sessions.begin(login, deviceName(userAgent));
    const { state: credential } = await work.load(Credential, userId);
    return ok(await grant({ user: user.state, credential, tenant, sessionId, given, now, settings, signingKeys }));
  },
});
