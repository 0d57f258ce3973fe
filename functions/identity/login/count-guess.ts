import { retry } from '../../../shared/async/retry.ts';
import { SecurityEvent } from '../../../shared/events/contracts/platform.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { StaleStateError } from '../../../shared/persistence/documents/store-errors.ts';
import type { SigningKeys } from '../../../shared/security/signing-keys.ts';
import { AddressLock, lock } from '../address/address-lock.ts';
import { addressNameIn } from '../address/address-name.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import type { AddressOwner } from './address-owner.ts';
import { counted, Guesses, heldLock, type Lock, lockOf, type Try } from './guesses.ts';

/** What telling security takes: the keys that addresses are named by in events. */
export interface Means {
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  readonly keys: SigningKeys;
}

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
export async function countRepeat(owner: AddressOwner, guess: Try, address: string, means: Means): Promise<void> {
  const { current } = await owner.door.load(Guesses, guess.by.among);
  const held = heldLock(current, guess, owner.known?.proven ?? []);
  // Which of them were wrong is not known here; that they were too many is.
  if (held !== undefined) await tellLock(address, held, means);
  await countGuess(owner, guess);
}

/** Has security hear of a lock, once. Another lock of the address may be told at the same moment. */
export function tellLock(address: string, { at }: Lock, means: Means): Promise<void> {
  return told(address, means, async (work, name) => {
    const known = await work.load(AddressLock, addressKey(address));
    if (known.current?.lockedAt !== at) known.record(lock(name, at));
  });
}

/** Has security hear of a wrong password. There are as many as may be tried: ten of a guesser, a hundred in all. */
export function tellFailure(address: string, { id, now }: { readonly id: string; readonly now: Date }, means: Means) {
  return told(address, means, async (work, name) => {
    const subject = `address/${name}/login/${id}`;
    work.tell(SecurityEvent({ subject, kind: 'login-failed', at: now.toISOString() }));
  });
}

function told(
  address: string,
  { unitOfWork, keys }: Means,
  tell: (work: UnitOfWork, name: string) => Promise<void>,
): Promise<void> {
  const attempt = async () => {
    const work = unitOfWork(addressBoundary(address));
    const name = await addressNameIn(work, address, keys);
    await tell(work, name);
    await work.commit();
  };
  const mostTries = 30;
  return retry(attempt, {
    when: (error, tries) => error instanceof StaleStateError && tries <= mostTries,
    pause: async () => undefined,
  });
}
