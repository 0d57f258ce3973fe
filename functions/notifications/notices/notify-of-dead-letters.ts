import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { DeadLettersCounted } from '../../../shared/events/contracts/platform.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { roleInbox } from '../inbox/role-inbox.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells operators how many dead letters wait for them. */
export const notifyOfDeadLetters = subscriber({
  name: 'notify-of-dead-letters',
  on: DeadLettersCounted,
  once: 'by-document',
  boundary: () => recipientBoundary(roleInbox('operator')),
  reads: readsOfNotice,
  handle(event, work, context) {
    const { parked, isMore, subscribers } = event.data;
    return sendNotice(
      work,
      event,
      {
        recipientId: roleInbox('operator'),
        template: 'dead-letters',
        parameters: {
          parked: `${parked}`,
          ...(isMore ? { isMore: 'yes' } : {}),
          subscribers: subscribers.map(({ subscriber: name, parked: count }) => `${name} ${count}`).join(', '),
        },
      },
      context,
    );
  },
});
