import {
  UserCreated,
  UserDeleted,
  UserEmailVerificationRequested,
  UserEmailVerified,
  UserLogin,
  UserLogout,
  UserPasswordReset,
  UserPasswordResetRequested,
  UserTokenRefreshed,
  UserUpdated,
} from '../../shared/events/contracts/identity.ts';
import { SecurityEvent } from '../../shared/events/contracts/platform.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const user = { userId: 'user-1', roles: ['customer' as const] };
const session = { userId: 'user-1', sessionId: 'session-1' };
const at = '2026-11-22T10:00:00.000Z';

/** One event of each contract that this service tells. */
export const identityExamples: readonly EventExample[] = [
  {
    event: UserCreated({ ...user, createdAt: at }),
    promise: { topic: 'identity-events', subject: 'user/user-1', key: 'user-1' },
  },
  {
    event: UserUpdated({ ...user, changed: ['profile'], isActive: true, by: 'user-1' }),
    promise: { topic: 'identity-events', subject: 'user/user-1', key: 'user-1' },
  },
  {
    event: UserDeleted({ userId: 'user-1', by: 'user-2' }),
    promise: { topic: 'identity-events', subject: 'user/user-1', key: 'user-1' },
  },
  {
    event: UserLogin({ ...session, device: '3f2c', isNewDevice: false, at }),
    promise: { topic: 'identity-events', subject: 'sessions/user-1', key: 'user-1' },
  },
  {
    event: UserTokenRefreshed({ ...session, at }),
    promise: { topic: 'identity-events', subject: 'sessions/user-1', key: 'user-1' },
  },
  {
    event: UserLogout({ ...session, reason: 'ended-by-admin', by: 'user-2' }),
    promise: { topic: 'identity-events', subject: 'sessions/user-1', key: 'user-1' },
  },
  {
    event: UserPasswordResetRequested({ userId: 'user-1', requestId: 'request-1', at }),
    promise: { topic: 'identity-events', subject: 'password-reset/request-1', key: 'user-1' },
  },
  {
    event: UserPasswordReset({ userId: 'user-1', at }),
    promise: { topic: 'identity-events', subject: 'user/user-1', key: 'user-1' },
  },
  {
    event: UserEmailVerificationRequested({ userId: 'user-1', requestId: 'request-1', at }),
    promise: { topic: 'identity-events', subject: 'email-verification/request-1', key: 'user-1' },
  },
  {
    event: UserEmailVerified({ userId: 'user-1', at }),
    promise: { topic: 'identity-events', subject: 'user/user-1', key: 'user-1' },
  },
  {
    event: SecurityEvent({
      subject: 'refusal/refusal-1',
      kind: 'admin-route-refused',
      at,
      by: 'user-1',
      capability: 'list-users',
      client: '9b1c',
    }),
    promise: { topic: 'platform-events', subject: 'refusal/refusal-1', key: 'refusal/refusal-1' },
  },
];
