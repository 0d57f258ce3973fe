import type { InTurn } from '../../../shared/async/work-queue.ts';
import { Rejection } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { AddressClaim } from '../address/address-claim.ts';
import { AddressLock, lock } from '../address/address-lock.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import type { PasswordCost } from '../password/password-cost.ts';
import { hasCost, hashPassword, verifyPassword } from '../password/passwords.ts';
import { readsOfSessions } from '../session/user-sessions.ts';
import { isAddressOf, Profile } from '../user/profile.ts';
import { User, userBoundary } from '../user/user.ts';
import { Credential } from './credential.ts';
import { admit, isUsedUp, LoginAttempts, locked } from './login-attempts.ts';

interface Attempt {
  readonly address: string;
  readonly password: string;
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  readonly now: Date;
  readonly inTurn: InTurn;
  /** What a hash costs that is made now. */
  readonly cost: PasswordCost;
}

/** Whose password it was, and where what follows from that is to be recorded. */
export interface Checked {
  readonly userId: string;
  readonly work: UnitOfWork;
}

/**
 * Finds the user behind an address and a password. Somebody who is deleted is nobody, erased or not yet; so is a user whom the
 * address leads to and whose own it is not.
 *
 * The attempt is stored before the password is looked at: of many at once, ten are looked at. Whether the address is
 * nobody's or the password is wrong, the same is read, written, verified and answered. That the password was right is
 * stored by whoever commits the work, and not without it; so is a new hash where the old one is of another cost.
 *
 * @throws Rejection `wrong-credentials` where the two do not belong together, `too-many-attempts` where too many were tried.
 */
export async function checkPassword({ address, password, unitOfWork, now, inTurn, cost }: Attempt): Promise<Checked> {
  const key = addressKey(address);
  const door = unitOfWork(addressBoundary(address));
  await door.preload([
    { type: AddressClaim, id: key },
    { type: LoginAttempts, id: key },
  ]);
  const { userId = key } = (await door.load(AddressClaim, key)).current ?? {};
  const work = unitOfWork(userBoundary(userId));
  const kept = [User, Profile, Credential].map((type) => ({ type, id: userId }));
  await work.preload([...kept, ...readsOfSessions(userId)]);
  const user = await work.load(User, userId);
  const credential = await work.load(Credential, userId);
  const isTheirs = isAddressOf((await work.load(Profile, userId)).current, address);
  const known = isTheirs && user.current?.status !== 'deleted' ? credential.current : undefined;

  const attempts = await door.load(LoginAttempts, key);
  attempts.put(admit(attempts.current, known?.provenAt, now));
  await door.commit();

  const stored = known?.passwordHash;
  const isRight = await inTurn(() => verifyPassword(stored, password, cost));
  if (isRight && stored !== undefined) {
    const passwordHash = hasCost(stored, cost) ? stored : await inTurn(() => hashPassword(password, cost));
    credential.put({ passwordHash, provenAt: now.toISOString() });
    return { userId, work };
  }
  if (isUsedUp(attempts.state)) await lockAddress(unitOfWork(addressBoundary(address)), key, now);
  const account = known && userId;
  throw new Rejection('wrong-credentials', 'The address or the password is wrong.', 'unauthenticated', { account });
}

async function lockAddress(work: UnitOfWork, key: string, now: Date): Promise<void> {
  const attempts = await work.load(LoginAttempts, key);
  attempts.put(locked(attempts.state, now));
  (await work.load(AddressLock, key)).record(lock(key, now.toISOString()));
  await work.commit();
}
