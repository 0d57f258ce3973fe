import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { noticeOf } from './order-notice.ts';
import { readsOfNotice, sendNotice } from './send-notice.ts';

/** Tells the customer what became of their order. */
export const notifyOfOrder = subscriber({
  name: 'notify-of-order',
  on: OrderStatusChanged,
  once: 'by-document',
  gathers: true,
  boundary: ({ data }) => recipientBoundary(data.customerId),
  reads: readsOfNotice,
  async handle(event, work, context) {
    const notice = noticeOf(event.data);
    if (notice !== undefined) await sendNotice(work, event, { ...notice, recipientId: event.data.customerId }, context);
  },
});
