import type { OrderReason, OrderStatus, OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { Notice } from '../inbox/notification.ts';

type Transition = Pick<DataOf<typeof OrderStatusChanged>, 'orderId' | 'to' | 'reason' | 'shortages'>;

const toldOf: ReadonlySet<OrderStatus> = new Set(['confirmed', 'rejected', 'cancelled', 'shipped']);

const inWords: Readonly<Record<OrderReason, string | undefined>> = {
  'by-customer': 'as you wished',
  'by-staff': 'by the shop',
  'timed-out': 'timed-out',
  'not-shipped': 'it was not shipped in time',
  'insufficient-stock': 'insufficient-stock',
  unknown: undefined,
};

/** What the customer hears of an order's new status; `undefined` where there is nothing to say. */
export function noticeOf({ orderId, to, reason, shortages }: Transition): Notice | undefined {
  if (!toldOf.has(to)) return undefined;
  const items = shortages?.map(
    ({ itemId, requested, available }) => `${itemId} (${requested} wanted, ${available} there)`,
  );
  const why = reason === undefined ? undefined : inWords[reason];
  return {
    template: `order-${to}`,
    parameters: {
      orderId,
      ...(why === undefined ? {} : { reason: items === undefined ? why : `${why}: ${items.join(', ')}` }),
    },
  };
}
