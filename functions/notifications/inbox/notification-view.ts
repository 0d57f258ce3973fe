import { z } from 'zod';
import { NotificationState } from './notification.ts';

const { notificationId: id, ...besides } = NotificationState.shape;

/** A notification as its reader sees it. */
export const NotificationView = z
  .object({ id, ...besides })
  .meta({ id: 'Notification', description: 'What somebody was told' });
export type NotificationView = z.infer<typeof NotificationView>;

export function viewOf({ state }: { readonly state: NotificationState }): NotificationView {
  const { notificationId, ...notification } = state;
  return { id: notificationId, ...notification };
}
