import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Guesses, guesserKinds } from '../login/guesses.ts';
import { AddressClaim } from './address-claim.ts';
import { AddressSalt } from './address-name.ts';
import { addressBoundary, addressKey } from './email-address.ts';

/**
 * Has an address be nobody's again, with the guesses at its password that were counted, as long as it is this user's and
 * stays so until the commit: another may have registered under it since.
 */
export async function freeAddress(
  address: string,
  userId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
): Promise<void> {
  const key = addressKey(address);
  const door = unitOfWork(addressBoundary(address));
  await door.preload([{ type: AddressClaim, id: key }, ...guesserKinds.map((id) => ({ type: Guesses, id }))]);
  const claim = await door.load(AddressClaim, key);
  if (claim.current?.userId !== userId) return;
  claim.remove();
  for (const kind of guesserKinds) (await door.load(Guesses, kind)).remove();
  (await door.load(AddressSalt, key)).remove();
}
