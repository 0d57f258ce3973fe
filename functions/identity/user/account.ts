import { Rejection, rejectAbsent } from '../../../shared/model/rejection.ts';
import type { TrackedAggregate, TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Principal } from '../../../shared/security/principal.ts';
import { Profile, type ProfileState } from './profile.ts';
import { User, type UserState, userBoundary } from './user.ts';

/** A user with what is personal about them. */
export interface Account {
  readonly user: TrackedAggregate<UserState>;
  readonly profile: TrackedProjection<ProfileState>;
}

/**
 * The account of somebody who acts for themselves. Their token may outlive what it stands for.
 *
 * @throws Rejection when there is no such user, or none any more, or `deactivated`.
 */
export async function ownAccount(work: UnitOfWork, userId: string): Promise<Account> {
  await work.preload([
    { type: User, id: userId },
    { type: Profile, id: userId },
  ]);
  const [user, profile] = [await work.load(User, userId), await work.load(Profile, userId)];
  if (!profile.exists) throw rejectAbsent('there is no such user');
  refuseDeleted(user.state);
  refuseDeactivated(user.state);
  return { user, profile };
}

/** What a command on the caller's own account decides on. @throws Rejection as `ownAccount` does. */
export const ofOwnAccount = {
  of: User,
  beside: Profile,
  at: ({ caller: { sub: id } }: { readonly caller: Principal }) => ({ boundary: userBoundary(id), id }),
  allow(_: unknown, user: UserState) {
    refuseDeleted(user);
    refuseDeactivated(user);
  },
};

/** Until what is personal is erased, a deleted user is still there, and nobody's to see. @throws Rejection (404) */
export function refuseDeleted({ status }: UserState): void {
  if (status === 'deleted') throw rejectAbsent('there is no such user');
}

/** @throws Rejection deactivated */
export function refuseDeactivated({ status }: UserState): void {
  if (status === 'deactivated')
    throw new Rejection(
      'deactivated',
      'This account is deactivated: ask whoever looks after the accounts.',
      'forbidden',
    );
}
