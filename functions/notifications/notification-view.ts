import { z } from 'zod';
import type { NotificationState } from './notification.ts';

/** A notification as its reader sees it. */
export const NotificationView = z.object({
  id: z.string(),
  recipientId: z.string(),
  template: z.string(),
  subject: z.string(),
  body: z.string(),
  about: z.string(),
  sentAt: z.iso.datetime(),
  readAt: z.iso.datetime().optional(),
});
export type NotificationView = z.infer<typeof NotificationView>;

export function viewOf({ notificationId, ...notification }: NotificationState): NotificationView {
  return { id: notificationId, ...notification };
}
