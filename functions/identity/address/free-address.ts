import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Guesses, guesserKinds } from '../login/guesses.ts';
import { ResetRequests } from '../password-reset/reset-requests.ts';
import { AddressClaim } from './address-claim.ts';
import { AddressSalt } from './address-name.ts';
import { addressBoundary, addressKey } from './email-address.ts';

/**
 * Has an address be nobody's again, with what was counted and asked for by it, as long as it is this user's and
 * stays so until the commit: another may have registered under it since.
 */
export async function freeAddress(
  address: string,
  userId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
): Promise<void> {
  const key = addressKey(address);
  const door = unitOfWork(addressBoundary(address));
  await door.preload([AddressClaim, AddressSalt, ResetRequests].map((type) => ({ type, id: key })));
  const claim = await door.load(AddressClaim, key);
  if (claim.current?.userId !== userId) return;
  claim.remove();
  await removeGuesses(door);
  (await door.load(AddressSalt, key)).remove();
  (await door.load(ResetRequests, key)).remove();
}

/** Has the guesses that were counted count no more: the address has another password from now on. */
export async function forgetGuesses(address: string, unitOfWork: (boundary: string) => UnitOfWork): Promise<void> {
  const door = unitOfWork(addressBoundary(address));
  await removeGuesses(door);
  await door.commit();
}

async function removeGuesses(door: UnitOfWork): Promise<void> {
  await door.preload(guesserKinds.map((id) => ({ type: Guesses, id })));
  for (const kind of guesserKinds) (await door.load(Guesses, kind)).remove();
}
