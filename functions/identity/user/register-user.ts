import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { EmailAddress } from '../../../shared/email-address.ts';
import { created } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { AddressClaim, isClaimedBy } from '../address/address-claim.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import { ownerOf } from '../login/address-owner.ts';
import { countRepeat } from '../login/count-guess.ts';
import { Credential, GivenPassword, refuseWeak } from '../login/credential.ts';
import { withProof } from '../login/guesses.ts';
import { clientGuesser } from '../login/login-guesser.ts';
import { hashPassword } from '../password/passwords.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { identitySettings } from '../settings.ts';
import { askToVerify } from '../verification/ask-to-verify.ts';
import { isAddressOf, PersonalDetails, Profile } from './profile.ts';
import { roleByRegistering } from './registration.ts';
import { register, User, userBoundary } from './user.ts';
import { UserView, viewOf } from './user-view.ts';

const RegisterUser = PersonalDetails.extend({ email: EmailAddress, password: GivenPassword }).meta({
  id: 'RegisterUser',
  example: { email: 'ann@example.com', password: 'Four yellow chairs, 1 lamp', first_name: 'Ann' },
});

/**
 * Two commits: the address is claimed for a user's id, then the user is created under the id of the claim, whoever made it.
 * So of many at once one is registered, and what a crash left in between is completed by registering again. A claim that
 * names somebody who has another address, or who is deleted, counts for nothing.
 */
export const registerUser = endpoint({
  name: 'register-user',
  summary: 'Registers somebody under an address that is nobody’s yet',
  method: 'POST',
  route: 'auth/register',
  roles: 'public',
  rate: 'auth',
  body: RegisterUser,
  takesSecret: true,
  maxBodyBytes: mostBytesOfAForm,
  answers: { 201: UserView },
  isStillTrue: ({ id, email }, reader) => isClaimedBy(id, email, reader),
  headers: ['etag'],
  problems: ['registration-closed', 'weak-password', 'email-taken', 'already-exists', 'too-many-attempts'],
  needs: ['inTurn', 'clientNetwork', 'signingKeys', 'knownBy'],
  async beforeRepeat({
    body: { email: address },
    unitOfWork,
    now,
    clientNetwork: network,
    signingKeys,
    knownBy: request,
  }) {
    const keys = signingKeys.recent();
    const by = clientGuesser({ address, network }, keys);
    await countRepeat(await ownerOf(address, unitOfWork), { by, request, now }, address, { unitOfWork, keys });
  },
  async handle({
    body: { email, password, ...details },
    caller,
    unitOfWork,
    newId,
    now,
    settings,
    clientNetwork: network,
    signingKeys,
    inTurn,
  }) {
    const { PASSWORD_POLICY, PASSWORD_COST, VERIFY_EMAIL, ...rules } = identitySettings.of(settings);
    const role = roleByRegistering({ tenant: caller.tenant, address: email }, rules, settings);
    refuseWeak(password, PASSWORD_POLICY, { email, ...details });
    const claim = await unitOfWork(addressBoundary(email)).load(AddressClaim, addressKey(email));
    const named = claim.current?.userId;
    const isBegun = named !== undefined && (await canBegin(unitOfWork(userBoundary(named)), named, email));
    const userId = isBegun ? named : newId();
    if (!isBegun) claim.put({ userId });

    const work = unitOfWork(userBoundary(userId));
    const user = await work.expectNew(User, userId);
    user.record(register(userId, [role], now.toISOString()));
    const profile = await work.expectNew(Profile, userId);
    profile.put({ email, ...details, addresses: [] });
    const passwordHash = await inTurn(() => hashPassword(password, PASSWORD_COST));
    const keys = signingKeys.recent();
    const proven = withProof([], clientGuesser({ address: email, network }, keys), now);
    (await work.expectNew(Credential, userId)).put({ passwordHash, proven: [...proven] });
    if (VERIFY_EMAIL === 'on')
      await askToVerify(work, { userId, address: email, requestId: newId(), now, keys, settings });
    return created('/api/v1/users/me', viewOf(user.state, profile.state), user.version);
  },
});

/** Whether the user whom a claim names is still to be created under that address. @throws Rejection email-taken */
async function canBegin(work: UnitOfWork, userId: string, address: string): Promise<boolean> {
  const [user, profile] = [await work.load(User, userId), await work.load(Profile, userId)];
  if (!user.exists) return !(await work.isErased());
  if (user.state.status !== 'deleted' && isAddressOf(profile.current, address))
    throw reject('email-taken', 'somebody is registered under this address: log in, or take another');
  return false;
}
