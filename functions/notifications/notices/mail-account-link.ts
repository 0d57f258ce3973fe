import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import {
  UserEmailVerificationRequested,
  UserPasswordResetRequested,
} from '../../../shared/events/contracts/identity.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

const templates = {
  [UserPasswordResetRequested.type]: 'password-reset',
  [UserEmailVerificationRequested.type]: 'email-verification',
} as const;

/** Sends somebody the link that was asked for. What is in their inbox says so, and has no link: whoever reads it may have stolen a session. */
export const mailAccountLink = subscriber({
  name: 'mail-account-link',
  on: [UserPasswordResetRequested, UserEmailVerificationRequested],
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  reads: readsOfNotice,
  handle(event, work, context) {
    const { userId: recipientId, requestId } = event.data;
    return sendNotice(
      work,
      event,
      { recipientId, template: templates[event.type], parameters: { requestId } },
      context,
    );
  },
});
