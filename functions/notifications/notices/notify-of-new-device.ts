import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserLogin } from '../../../shared/events/contracts/identity.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells somebody of a login that may not be theirs. */
export const notifyOfNewDevice = subscriber({
  name: 'notify-of-new-device',
  on: UserLogin,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  reads: (event) => (event.data.isNewDevice ? readsOfNotice(event) : []),
  async handle(event, work, context) {
    const { userId: recipientId, isNewDevice, at } = event.data;
    if (!isNewDevice) return;
    await sendNotice(
      work,
      event,
      {
        recipientId,
        template: 'new-device',
        parameters: { at },
      },
      context,
    );
  },
});
