import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { created } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { AddressClaim } from '../address/address-claim.ts';
import { addressBoundary, addressKey, EmailAddress } from '../address/email-address.ts';
import { Credential, GivenPassword, refuseWeak } from '../login/credential.ts';
import { hashPassword } from '../password/passwords.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { identitySettings } from '../settings.ts';
import { PersonalDetails, Profile } from './profile.ts';
import { register, User, userBoundary } from './user.ts';
import { UserView, viewOf } from './user-view.ts';

const RegisterUser = PersonalDetails.extend({ email: EmailAddress, password: GivenPassword }).meta({
  id: 'RegisterUser',
  example: { email: 'ann@example.com', password: 'Admin123', first_name: 'Ann' },
});

/**
 * Two commits: the address is claimed for a user's id, then the user is created under the id of the claim, whoever made it.
 * So of many at once one is registered, and what a crash left in between is completed by registering again.
 */
export const registerUser = endpoint({
  name: 'register-user',
  summary: 'Registers somebody under an address that is nobody’s yet',
  method: 'POST',
  route: 'auth/register',
  roles: 'public',
  body: RegisterUser,
  maxBodyBytes: mostBytesOfAForm,
  answers: { 201: UserView },
  headers: ['etag'],
  problems: ['weak-password', 'email-taken', 'already-exists'],
  async handle({ body: { email, password, ...details }, unitOfWork, newId, now, settings }) {
    const { PASSWORD_POLICY, PASSWORD_COST, ADMIN_EMAILS } = identitySettings.of(settings);
    refuseWeak(password, PASSWORD_POLICY);
    const claim = await unitOfWork(addressBoundary(email)).load(AddressClaim, addressKey(email));
    let userId = claim.current?.userId ?? newId();
    let work = unitOfWork(userBoundary(userId));
    // A repeated Idempotency-Key makes the ids of its first use: of somebody, perhaps, who was erased since.
    while (await work.isErased()) {
      userId = newId();
      work = unitOfWork(userBoundary(userId));
    }
    const user = await work.load(User, userId);
    if (user.exists) throw reject('email-taken', 'somebody is registered under this address: log in, or take another');
    if (claim.current?.userId !== userId) claim.put({ userId });

    const roles = ADMIN_EMAILS.includes(email) ? (['admin'] as const) : (['customer'] as const);
    user.record(register(userId, roles, now.toISOString()));
    const profile = await work.expectNew(Profile, userId);
    profile.put({ email, ...details, addresses: [] });
    const passwordHash = await hashPassword(password, PASSWORD_COST);
    (await work.expectNew(Credential, userId)).put({ passwordHash });
    return created('/api/v1/users/me', viewOf(user.state, profile.state), user.version);
  },
});
