import { z } from 'zod';
import { tokenCheck } from '../../../shared/capabilities/token-check.ts';
import { Tombstone, tombstoneId } from '../../../shared/persistence/commit/tombstone.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import type { Principal } from '../../../shared/security/principal.ts';
import { User, type UserState, userBoundary } from '../user/user.ts';
import { Sessions } from './sessions.ts';

const UserId = z.uuid();

/**
 * A token counts as long as its user is active, its session goes on and the user has all the roles that it says. One without a
 * session is a program's: it counts whatever its roles, and if it is for a user, as long as they are active.
 */
export const checkToken = tokenCheck({
  name: 'check-token',
  async whyEnded(holder, reader) {
    const { sub, session } = holder;
    // Whoever has another name is no user, and where nothing can be, nothing is read.
    if (!UserId.safeParse(sub).success) return session === undefined ? undefined : reasons.over;
    const at = { boundary: userBoundary(sub), id: sub };
    const [user, sessions] = await Promise.all([
      reader.read(User, at),
      session === undefined ? undefined : reader.read(Sessions, at),
    ]);
    if (user === undefined) return session !== undefined || (await isErased(sub, reader)) ? reasons.over : undefined;
    if (user.state.status !== 'active') return reasons[user.state.status];
    if (session === undefined) return undefined;
    const isGoingOn = sessions?.state.sessions.some(({ sessionId }) => sessionId === session) ?? false;
    if (!isGoingOn) return reasons.over;
    return hasLostRole(holder, user.state) ? reasons.roles : undefined;
  },
});

const reasons = {
  over: 'The session of this token has ended: log in again.',
  deactivated: 'The account of this token is deactivated: ask an admin.',
  deleted: 'The account of this token is deleted.',
  roles: 'The roles of this token are no longer those of the account: refresh the session.',
} as const;

/** Whoever was given another role keeps the token that they have: it says less than is true, and nothing that is not. */
function hasLostRole({ roles }: Principal, user: UserState): boolean {
  return roles.some((role) => !user.roles.includes(role));
}

/** What is left of a user who was deleted goes after a while, save for their tombstone. */
async function isErased(userId: string, reader: Reader): Promise<boolean> {
  return (await reader.read(Tombstone, { boundary: userBoundary(userId), id: tombstoneId })) !== undefined;
}
