import type { TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { AddressClaim } from '../address/address-claim.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import { readsOfSessions } from '../session/user-sessions.ts';
import { isAddressOf, Profile } from '../user/profile.ts';
import { User, userBoundary } from '../user/user.ts';
import { Credential, type CredentialState } from './credential.ts';
import { Guesses, guesserKinds } from './guesses.ts';

/** Whose an address is, with what guesses at their password are counted and decided by. */
export interface AddressOwner {
  /** A name for nobody, too: so that the same is read whether the address is somebody's or not. */
  readonly userId: string;
  /** What is kept of the address. */
  readonly door: UnitOfWork;
  /** What is kept of the user. */
  readonly work: UnitOfWork;
  readonly credential: TrackedProjection<CredentialState>;
  /** Their credential; `undefined` where the address is nobody's. */
  readonly known: CredentialState | undefined;
}

/** Somebody who is deleted is nobody, erased or not yet; so is a user whom the address leads to and whose own it is not. */
export async function ownerOf(address: string, unitOfWork: (boundary: string) => UnitOfWork): Promise<AddressOwner> {
  const key = addressKey(address);
  const door = unitOfWork(addressBoundary(address));
  await door.preload([{ type: AddressClaim, id: key }, ...guesserKinds.map((id) => ({ type: Guesses, id }))]);
  const { userId = key } = (await door.load(AddressClaim, key)).current ?? {};
  const work = unitOfWork(userBoundary(userId));
  const kept = [User, Profile, Credential].map((type) => ({ type, id: userId }));
  await work.preload([...kept, ...readsOfSessions(userId)]);
  const user = await work.load(User, userId);
  const credential = await work.load(Credential, userId);
  const isTheirs = isAddressOf((await work.load(Profile, userId)).current, address);
  const known = isTheirs && user.current?.status !== 'deleted' ? credential.current : undefined;
  return { userId, door, work, credential, known };
}
