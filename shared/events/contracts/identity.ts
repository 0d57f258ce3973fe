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

/** A mail with a link is owed. Neither the link nor whom it goes to is in the event: both are looked up when it is sent. */
const linkRequested = { ...user, requestId: z.string().min(1), at: z.iso.datetime() };

export const UserPasswordResetRequested = defineEvent({
  type: 'user.password.reset.requested',
  version: 1,
  topic: 'identity-events',
  description:
    'Somebody has asked for a link by which a user sets a new password; whether it was the user, nobody knows.',
  data: z.object(linkRequested),
  subject: ({ requestId }) => `password-reset/${requestId}`,
  partitionKey,
});

export const UserPasswordReset = defineEvent({
  type: 'user.password.reset',
  version: 1,
  topic: 'identity-events',
  description: 'A user has set a new password by a link of a mail; all their sessions have ended.',
  data: z.object({ ...user, at: z.iso.datetime() }),
  subject,
  partitionKey,
});

export const UserEmailVerificationRequested = defineEvent({
  type: 'user.email.verification.requested',
  version: 1,
  topic: 'identity-events',
  description: 'A user is to show, by a link of a mail, that the address is theirs.',
  data: z.object(linkRequested),
  subject: ({ requestId }) => `email-verification/${requestId}`,
  partitionKey,
});

export const UserEmailVerified = defineEvent({
  type: 'user.email.verified',
  version: 1,
  topic: 'identity-events',
  description: 'A user has shown that the address is theirs: they have what was sent there.',
  data: z.object({ ...user, at: z.iso.datetime() }),
  subject,
  partitionKey,
});
