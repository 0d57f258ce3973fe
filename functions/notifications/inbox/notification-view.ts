import { z } from 'zod';
import type { Reader, Seen } from '../../../shared/persistence/reading/reader.ts';
import { NoticeText } from './notice-text.ts';
import { NotificationState, recipientBoundary } from './notification.ts';

const { notificationId: id, ...besides } = NotificationState.shape;

/** A notification as its reader sees it. */
export const NotificationView = z
  .object({ id, ...besides })
  .meta({ id: 'Notification', description: 'What somebody was told' });
export type NotificationView = z.infer<typeof NotificationView>;

interface Shown {
  readonly state: NotificationState;
  /** What it says in somebody's own words; where it does, its template says nothing. */
  readonly beside?: { readonly body?: string | undefined } | undefined;
}

export function viewOf({ state, beside }: Shown): NotificationView {
  const { notificationId, body, ...notification } = state;
  return { id: notificationId, ...notification, body: body === '' ? (beside?.body ?? body) : body };
}

/** The same, with what is kept beside it. */
export async function viewWithText(reader: Reader, { state }: Seen<NotificationState>): Promise<NotificationView> {
  const { notificationId: id, recipientId, body } = state;
  if (body !== '') return viewOf({ state });
  const said = await reader.read(NoticeText, { boundary: recipientBoundary(recipientId), id });
  return viewOf({ state, beside: said?.state });
}
