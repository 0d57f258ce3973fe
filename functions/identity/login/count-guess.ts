import { retry } from '../../../shared/async/retry.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { StaleStateError } from '../../../shared/persistence/documents/store-errors.ts';
import { AddressLock, lock } from '../address/address-lock.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import type { AddressOwner } from './address-owner.ts';
import { counted, Guesses, heldLock, type Lock, lockOf, type Try } from './guesses.ts';

/**
 * Stores that a password is about to be looked at; gives the lock that this leads to if it is wrong.
 *
 * @throws Rejection `too-many-attempts`.
 */
export async function countGuess({ door, known }: AddressOwner, guess: Try): Promise<Lock | undefined> {
  const guesses = await door.load(Guesses, guess.by.among);
  guesses.put(counted(guesses.current, guess, known?.proven ?? []));
  await door.commit();
  return lockOf(guesses.state, guess.by);
}

/**
 * Counts a request under its Idempotency-Key, before it is looked whether it was answered: the answer would tell whether the
 * password was right. Repeated, it is one guess, so whoever has lost an answer gets it.
 *
 * @throws Rejection `too-many-attempts`.
 */
export async function countRepeat(
  owner: AddressOwner,
  guess: Try,
  { address, unitOfWork }: { readonly address: string; readonly unitOfWork: (boundary: string) => UnitOfWork },
): Promise<void> {
  const { current } = await owner.door.load(Guesses, guess.by.among);
  const held = heldLock(current, guess, owner.known?.proven ?? []);
  // Which of them were wrong is not known here; that they were too many is.
  if (held !== undefined) await tellLock(address, held, unitOfWork);
  await countGuess(owner, guess);
}

/** Has security hear of a lock, once. Another lock of the address may be told at the same moment. */
export function tellLock(address: string, { at }: Lock, unitOfWork: (boundary: string) => UnitOfWork): Promise<void> {
  const key = addressKey(address);
  const tell = async () => {
    const work = unitOfWork(addressBoundary(address));
    const known = await work.load(AddressLock, key);
    if (known.current?.lockedAt === at) return;
    known.record(lock(key, at));
    await work.commit();
  };
  const lostRaces = 30;
  return retry(tell, {
    when: (error, tries) => error instanceof StaleStateError && tries <= lostRaces,
    pause: async () => undefined,
  });
}
