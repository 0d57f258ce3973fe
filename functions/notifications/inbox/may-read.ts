import { hasRole, type Principal } from '../../../shared/security/principal.ts';
import type { NotificationState } from './notification.ts';
import { roleOfInbox } from './role-inbox.ts';

/**
 * What is in the inbox of a role is for whoever has it. Who sells or manages reads what others were told about orders. All else, such as a login from a new device, is for them and
 * for admins alone.
 */
export function mayRead(
  caller: Principal,
  { recipientId, about }: Pick<NotificationState, 'recipientId' | 'about'>,
): boolean {
  const role = roleOfInbox(recipientId);
  if (role !== undefined) return hasRole(caller, role);
  return recipientId === caller.sub || hasRole(caller) || about.startsWith('order/');
}
