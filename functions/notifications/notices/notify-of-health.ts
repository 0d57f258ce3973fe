import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { ServiceHealthChanged } from '../../../shared/events/contracts/platform.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { roleInbox } from '../inbox/role-inbox.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells operators of a service that is not well, and when it is again. */
export const notifyOfHealth = subscriber({
  name: 'notify-of-health',
  on: ServiceHealthChanged,
  once: 'by-document',
  boundary: () => recipientBoundary(roleInbox('operator')),
  reads: readsOfNotice,
  handle(event, work, context) {
    const { service, to, dependencies } = event.data;
    const unwell = Object.entries(dependencies).filter(([, status]) => status !== 'ok');
    return sendNotice(
      work,
      event,
      {
        recipientId: roleInbox('operator'),
        template: 'service-health',
        parameters: { service, to, dependencies: unwell.map(([name, status]) => `${name} ${status}`).join(', ') },
      },
      context,
    );
  },
});
