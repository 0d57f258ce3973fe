import { z } from 'zod';
import { Role } from '../../security/principal.ts';
import { defineEvent } from '../define-event.ts';

export { Role };

/**
 * What happened to a user or their sessions. None of these events says who the user is: name, address, telephone and
 * password stay in the user's own boundary, so that deleting them there leaves nothing of them on the bus.
 */
const user = { userId: z.string().min(1) };
const subject = ({ userId }: { userId: string }) => `user/${userId}`;
const partitionKey = ({ userId }: { userId: string }) => userId;

/**
 * Who did it: the id of a user, or a keyed hash behind the name of the issuer who vouches for them. `unknown` in what the first
 * versions told.
 */
const by = z.string().min(1);
const byUnknown = (data: unknown) => ({ ...z.looseObject({}).parse(data), by: 'unknown' });

const session = { ...user, sessionId: z.string().min(1) };
/** A user's sessions are counted apart from what happens to the user. */
const ofSessions = { subject: ({ userId }: { userId: string }) => `sessions/${userId}`, partitionKey };

/** What may change about a user. */
export const UserPart = z.enum(['profile', 'addresses', 'password', 'roles', 'status']);
export type UserPart = z.infer<typeof UserPart>;

export const UserCreated = defineEvent({
  type: 'user.created',
  version: 1,
  topic: 'identity-events',
  description: 'Somebody has registered.',
  data: z.object({ ...user, roles: z.array(Role), createdAt: z.iso.datetime() }),
  subject,
  partitionKey,
});

export const UserUpdated = defineEvent({
  type: 'user.updated',
  version: 2,
  topic: 'identity-events',
  description:
    'Something about a user changed: which parts, not to what, and by whom; carries roles and status as they are now.',
  data: z.object({ ...user, changed: z.array(UserPart).min(1), roles: z.array(Role), isActive: z.boolean(), by }),
  upcasters: { 1: byUnknown },
  subject,
  partitionKey,
});

export const UserDeleted = defineEvent({
  type: 'user.deleted',
  version: 2,
  topic: 'identity-events',
  description: 'A user is gone: whoever holds something personal of theirs erases it.',
  data: z.object({ ...user, by }),
  upcasters: { 1: byUnknown },
  subject,
  partitionKey,
});

export const UserLogin = defineEvent({
  type: 'user.login',
  version: 1,
  topic: 'identity-events',
  description: 'A user has logged in; from a new device, where they have used another one before.',
  data: z.object({
    ...session,
    /** A hash of user and kind of program: it tells devices of one user apart, and nothing else. */
    device: z.string().min(1),
    isNewDevice: z.boolean(),
    at: z.iso.datetime(),
  }),
  ...ofSessions,
});

export const UserTokenRefreshed = defineEvent({
  type: 'user.token.refreshed',
  version: 1,
  topic: 'identity-events',
  description: 'A session goes on: its refresh token was changed for the next one.',
  data: z.object({ ...session, at: z.iso.datetime() }),
  ...ofSessions,
});

/** Why a session ended: its user left, it was not used in time, or it was ended for them. */
export const LogoutReason = z.enum([
  'logout',
  'expired',
  'too-many',
  'password-changed',
  'token-reused',
  'deactivated',
  'ended-by-admin',
]);
export type LogoutReason = z.infer<typeof LogoutReason>;

export const UserLogout = defineEvent({
  type: 'user.logout',
  version: 2,
  topic: 'identity-events',
  description: 'A session of a user ended; by whom, where it was an admin.',
  data: z.object({ ...session, reason: LogoutReason, by: by.optional() }),
  // The first version knew fewer reasons, and ended none for an admin.
  upcasters: { 1: (data) => data },
  ...ofSessions,
});
