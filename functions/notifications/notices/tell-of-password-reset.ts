import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserPasswordReset } from '../../../shared/events/contracts/identity.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells somebody of a new password that may not be of their making. */
export const tellOfPasswordReset = subscriber({
  name: 'tell-of-password-reset',
  on: UserPasswordReset,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  reads: readsOfNotice,
  handle(event, work, context) {
    const { userId: recipientId, at } = event.data;
    return sendNotice(work, event, { recipientId, template: 'password-was-reset', parameters: { at } }, context);
  },
});
