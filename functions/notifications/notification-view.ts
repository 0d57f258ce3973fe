import { z } from 'zod';
import { NotificationState } from './notification.ts';

/** A notification as its reader sees it. */
export const NotificationView = NotificationState.omit({ notificationId: true }).extend({ id: z.string() });
export type NotificationView = z.infer<typeof NotificationView>;

export function viewOf({ notificationId, ...notification }: NotificationState): NotificationView {
  return { id: notificationId, ...notification };
}
