import { Rejection, rejectAbsent } from '../../../shared/model/rejection.ts';
import type { TrackedAggregate, TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Profile, type ProfileState } from './profile.ts';
import { User, type UserState } from './user.ts';

/** A user with what is personal about them. */
export interface Account {
  readonly user: TrackedAggregate<UserState>;
  readonly profile: TrackedProjection<ProfileState>;
}

/** @throws Rejection when there is no such user, or none any more. */
export async function accountOf(work: UnitOfWork, userId: string): Promise<Account> {
  await work.preload([
    { type: User, id: userId },
    { type: Profile, id: userId },
  ]);
  const [user, profile] = [await work.load(User, userId), await work.load(Profile, userId)];
  if (!profile.exists || user.current?.status === 'deleted') throw rejectAbsent('there is no such user');
  return { user, profile };
}

/**
 * The account of somebody who acts for themselves. Their token may outlive what it stands for.
 *
 * @throws Rejection when there is no such user, or `deactivated`.
 */
export async function ownAccount(work: UnitOfWork, userId: string): Promise<Account> {
  const account = await accountOf(work, userId);
  refuseDeactivated(account.user.state);
  return account;
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
