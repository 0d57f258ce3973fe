import type { OrderStatus } from '../../shared/events/contracts/orders.ts';
import type { Notice } from './notice.ts';

interface Transition {
  readonly orderId: string;
  readonly to: OrderStatus;
  readonly reason?: string | undefined;
}

const sentences: Readonly<Partial<Record<OrderStatus, string>>> = {
  confirmed: 'everything you ordered is reserved for you',
  rejected: 'we cannot deliver it',
  cancelled: 'nothing will be delivered',
  shipped: 'it is on its way to you',
};

/** What the customer hears of an order's new status; `undefined` where there is nothing to say. */
export function noticeOf({ orderId, to, reason }: Transition): Notice | undefined {
  const sentence = sentences[to];
  if (sentence === undefined) return undefined;
  return {
    template: `order-${to}`,
    subject: `Your order was ${to}`,
    body: `Order ${orderId} was ${to}: ${sentence}${reason === undefined ? '' : ` (${reason})`}.`,
  };
}
