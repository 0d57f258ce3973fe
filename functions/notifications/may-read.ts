import { hasRole, type Principal } from '../../shared/security/principal.ts';
import type { NotificationState } from './notification.ts';

/**
 * What is about somebody's account, such as a login from a new device, is for them and for admins alone: who sells or manages
 * has no use for it.
 */
export function mayRead(
  caller: Principal,
  { recipientId, about }: Pick<NotificationState, 'recipientId' | 'about'>,
): boolean {
  return recipientId === caller.sub || hasRole(caller) || !about.startsWith('user/');
}
