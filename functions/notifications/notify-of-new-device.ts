import { subscriber } from '../../shared/capabilities/subscriber.ts';
import { UserLogin } from '../../shared/events/contracts/identity.ts';
import { recipientBoundary } from './notification.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells somebody of a login that may not be theirs. */
export const notifyOfNewDevice = subscriber({
  name: 'notify-of-new-device',
  on: UserLogin,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  reads: (event) => (event.data.isNewDevice ? readsOfNotice(event) : []),
  async handle(event, work) {
    const { userId: recipientId, isNewDevice, at } = event.data;
    if (!isNewDevice) return;
    await sendNotice(work, event, {
      recipientId,
      template: 'new-device',
      subject: 'A login from a new device',
      body: `Somebody logged in to your account at ${at} with a device that was not used before. If it was not you, change your password.`,
    });
  },
});
