import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { LoginAttempts } from '../login/login-attempts.ts';
import { AddressClaim } from './address-claim.ts';
import { addressBoundary, addressKey } from './email-address.ts';

/**
 * Has an address be nobody's again, with the attempts to log in that were counted for it, as long as it is this user's and
 * stays so until the commit: another may have registered under it since.
 */
export async function freeAddress(
  address: string,
  userId: string,
  unitOfWork: (boundary: string) => UnitOfWork,
): Promise<void> {
  const key = addressKey(address);
  const door = unitOfWork(addressBoundary(address));
  await door.preload([AddressClaim, LoginAttempts].map((type) => ({ type, id: key })));
  const claim = await door.load(AddressClaim, key);
  if (claim.current?.userId !== userId) return;
  claim.remove();
  (await door.load(LoginAttempts, key)).remove();
}
