import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserCreated } from '../../../shared/events/contracts/identity.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Greets whoever has registered. */
export const welcomeUser = subscriber({
  name: 'welcome-user',
  on: UserCreated,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  reads: readsOfNotice,
  handle: (event, work, context) =>
    sendNotice(work, event, { recipientId: event.data.userId, template: 'welcome', parameters: {} }, context),
});
