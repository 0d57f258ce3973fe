import type { InTurn } from '../../../shared/async/work-queue.ts';
import type { NewId } from '../../../shared/ids.ts';
import { Rejection } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { SigningKeys } from '../../../shared/security/signing-keys.ts';
import type { PasswordCost } from '../password/password-cost.ts';
import { hasCost, hashPassword, verifyPassword } from '../password/passwords.ts';
import { ownerOf } from './address-owner.ts';
import { countGuess, tellFailure, tellLock } from './count-guess.ts';
import type { DeviceOwner } from './device-token.ts';
import { type Guesser, withProof } from './guesses.ts';

interface Attempt {
  readonly address: string;
  readonly password: string;
  /** Who gives it, once it is known whose the address is. */
  readonly by: (owner: Omit<DeviceOwner, 'tenant'>) => Guesser;
  /** What the request is known by under its Idempotency-Key. */
  readonly request?: string | undefined;
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  readonly now: Date;
  readonly inTurn: InTurn;
  readonly newId: NewId;
  readonly keys: SigningKeys;
  /** What a hash costs that is made now. */
  readonly cost: PasswordCost;
}

/** Whose password it was, and where what follows from that is to be recorded. */
export interface Checked {
  readonly userId: string;
  readonly work: UnitOfWork;
}

/**
 * Finds the user behind an address and a password.
 *
 * The attempt is stored before the password is looked at: of many at once, ten are looked at. Whether the address is
 * nobody's or the password is wrong, the same is read, written, verified and answered. That the password was right is
 * stored by whoever commits the work, and not without it; so is a new hash where the old one is of another cost.
 *
 * @throws Rejection `wrong-credentials` where the two do not belong together, `too-many-attempts` where too many were tried.
 */
export async function checkPassword(attempt: Attempt): Promise<Checked> {
  const { address, password, unitOfWork, now, inTurn, cost } = attempt;
  const owner = await ownerOf(address, unitOfWork);
  const { userId, work, known, credential } = owner;
  const by = attempt.by({ userId, passwordChangedAt: known?.changedAt });
  const reached = await countGuess(owner, { by, request: attempt.request, now });

  const stored = known?.passwordHash;
  const isRight = await inTurn(() => verifyPassword(stored, password, cost));
  if (isRight && stored !== undefined) {
    const passwordHash = hasCost(stored, cost) ? stored : await inTurn(() => hashPassword(password, cost));
    credential.put({ ...credential.state, passwordHash, proven: [...withProof(known?.proven ?? [], by, now)] });
    return { userId, work };
  }
  const means = { unitOfWork, keys: attempt.keys };
  await tellFailure(address, { id: attempt.newId(), now }, means);
  if (reached !== undefined) await tellLock(address, reached, means);
  const account = known && userId;
  throw new Rejection('wrong-credentials', 'The address or the password is wrong.', 'unauthenticated', { account });
}
