import type { OrderStatus, OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { Notice } from '../inbox/notification.ts';
import { shortagesText } from '../templates/shortages.ts';
import type { TemplateName } from '../templates/templates.ts';

type Transition = Pick<DataOf<typeof OrderStatusChanged>, 'orderId' | 'to' | 'reason' | 'shortages'>;

const templates: { readonly [Status in OrderStatus]?: TemplateName } = {
  confirmed: 'order-confirmed',
  rejected: 'order-rejected',
  cancelled: 'order-cancelled',
  shipped: 'order-shipped',
};

/** What the customer hears of an order's new status; `undefined` where there is nothing to say. */
export function noticeOf({ orderId, to, reason, shortages }: Transition): Omit<Notice, 'recipientId'> | undefined {
  const template = templates[to];
  if (template === undefined) return undefined;
  const why = reason === undefined || reason === 'unknown' ? {} : { reason };
  const missing = shortages === undefined ? {} : { shortages: shortagesText(shortages) };
  return { template, parameters: { orderId, ...why, ...missing } };
}
