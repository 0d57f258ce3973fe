import { z } from 'zod';
import {
  Role,
  UserCreated,
  UserDeleted,
  UserEmailVerified,
  type UserPart,
  UserPasswordReset,
  UserUpdated,
} from '../../../shared/events/contracts/identity.ts';
import { SecurityEvent } from '../../../shared/events/contracts/platform.ts';
import { defineAggregate, reject, rememberedSeconds } from '../../../shared/model/aggregate.ts';

/** A user, without anything that says who it is: that is in `Profile`, and goes when the user does. */
export const UserState = z.object({
  userId: z.string(),
  roles: z.array(Role),
  status: z.enum(['active', 'deactivated', 'deleted']),
  createdAt: z.iso.datetime(),
  /** When they have shown that the address is theirs. */
  emailVerifiedAt: z.iso.datetime().optional(),
  /** Seconds after which what is left of a deleted user is gone, too. */
  ttl: z.int().optional(),
});
export type UserState = z.infer<typeof UserState>;

/** Who changes something about a user, as events may say it, and when. */
export interface Act {
  readonly by: string;
  readonly at: string;
}

export function register(userId: string, roles: readonly Role[], createdAt: string) {
  return [UserCreated({ userId, roles: [...roles], createdAt })];
}

/** That the user has changed part of what we know of them; to what, the event does not say. */
export function changed(user: UserState, part: UserPart) {
  return [updated(user, part, { by: user.userId })];
}

/** Whoever has a mail that was sent to the address has the address. */
export function verifyAddress({ userId, emailVerifiedAt }: UserState, at: string) {
  return emailVerifiedAt === undefined ? [UserEmailVerified({ userId, at })] : [];
}

/** A new password by a mail. */
export function resetPassword(user: UserState, at: string) {
  return [...changed(user, 'password'), UserPasswordReset({ userId: user.userId, at }), ...verifyAddress(user, at)];
}

/** Setting the roles that the user has changes nothing. */
export function setRoles(user: UserState, roles: readonly Role[], act: Act) {
  const isSame = roles.length === user.roles.length && roles.every((role) => user.roles.includes(role));
  return isSame ? [] : [updated(user, 'roles', { roles, ...act }), noticed(user, 'roles-changed', act)];
}

/** A user who was deactivated may log in again. */
export function activate(user: UserState, act: Act) {
  if (user.status !== 'deactivated') return [];
  return [updated(user, 'status', { isActive: true, ...act }), noticed(user, 'user-activated', act)];
}

/** A user who is deactivated keeps everything, and cannot log in. */
export function deactivate(user: UserState, act: Act) {
  if (user.status !== 'active') return [];
  return [updated(user, 'status', { isActive: false, ...act }), noticed(user, 'user-deactivated', act)];
}

export function remove(user: UserState, act: Act) {
  const { userId, status } = user;
  return status === 'deleted' ? [] : [UserDeleted({ userId, by: act.by }), noticed(user, 'user-deleted', act)];
}

/** @throws Rejection own-account: an admin who shuts themselves out may be the last one. */
export function refuseOwn(callerId: string, { userId }: UserState): void {
  if (callerId === userId) throw reject('own-account', 'this is your own account: another admin has to do that');
}

function updated(
  { userId, roles, status }: UserState,
  part: UserPart,
  change: Pick<Act, 'by'> & { readonly roles?: readonly Role[]; readonly isActive?: boolean },
) {
  const { by, isActive = status === 'active' } = change;
  return UserUpdated({ userId, changed: [part], roles: [...(change.roles ?? roles)], isActive, by });
}

/** What an admin may do to an account. */
type AccountChange = 'roles-changed' | 'user-activated' | 'user-deactivated' | 'user-deleted';

/** It is news for whoever looks after security. */
function noticed({ userId }: UserState, kind: AccountChange, act: Act) {
  return SecurityEvent({ subject: `user/${userId}`, kind, ...act });
}

export const User = defineAggregate({
  kind: 'user',
  state: UserState,
  events: [UserCreated, UserUpdated, UserEmailVerified, UserPasswordReset, UserDeleted, SecurityEvent],
  begin: { [UserCreated.type]: ({ data }): UserState => ({ ...data, status: 'active' }) },
  evolve: {
    [UserUpdated.type]: (user, { data: { roles, isActive } }): UserState => ({
      ...user,
      roles,
      status: isActive ? 'active' : 'deactivated',
    }),
    [UserEmailVerified.type]: (user, { data: { at } }): UserState => ({ ...user, emailVerifiedAt: at }),
    [UserDeleted.type]: (user): UserState => ({ ...user, roles: [], status: 'deleted', ttl: rememberedSeconds }),
  },
});

/** Everything of one user, so that it changes together and is erased as a whole. */
export function userBoundary(userId: string): string {
  return `user:${userId}`;
}
