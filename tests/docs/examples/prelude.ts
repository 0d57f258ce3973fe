/** What an `@example` may use without importing it, besides all that its own module exports. */
export { z } from 'zod';
export { User, userBoundary } from '../../../functions/identity/user/user.ts';
export { EmailDelivery } from '../../../functions/notifications/delivery/delivery.ts';
export { failed, sent } from '../../../functions/notifications/delivery/delivery-events.ts';
export { expireOrder } from '../../../functions/orders/order/expire-order.ts';
export {
  aConfirmedOrder,
  aPendingOrder,
  aPlacement,
  aShippedOrder,
} from '../../../functions/orders/order/order.examples.ts';
export {
  cancel,
  moveTo,
  Order,
  OrderState,
  orderBoundary,
  place,
  settle,
} from '../../../functions/orders/order/order.ts';
export { forget, OrderDetails } from '../../../functions/orders/order/order-details.ts';
export { ordersOfCustomer } from '../../../functions/orders/order/order-lists.ts';
export { OrderPath } from '../../../functions/orders/order/order-path.ts';
export { OrderView, viewOf } from '../../../functions/orders/order/order-view.ts';
export { placeOrder } from '../../../functions/orders/order/place-order.ts';
export { Price } from '../../../functions/orders/price-list/price.ts';
export { orderSettings } from '../../../functions/orders/settings.ts';
export { dayOf, later } from '../../../shared/clock.ts';
export { UserDeleted } from '../../../shared/events/contracts/identity.ts';
export { StockReserved } from '../../../shared/events/contracts/inventory.ts';
export { OrderCancelled, OrderCreated, OrderStatusChanged } from '../../../shared/events/contracts/orders.ts';
export { DeadLettersCounted, SecurityEvent } from '../../../shared/events/contracts/platform.ts';
export { everyEvent } from '../../../shared/events/every-event.ts';
export { ok } from '../../../shared/http/answer.ts';
export { AddressOfOrder } from '../../../shared/lookups/address-of-order.ts';
export { defineProjection } from '../../../shared/model/projection.ts';
export { Duration, durationText } from '../../../shared/settings/duration.ts';

import type { Clock } from '../../../shared/clock.ts';
import type { DeadLettersCounted } from '../../../shared/events/contracts/platform.ts';
import type { DataOf } from '../../../shared/events/define-event.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import type { Settings } from '../../../shared/settings/settings.ts';

export declare const work: UnitOfWork;
export declare const reader: Reader;
export declare const settings: Settings;
export declare const clock: Clock;
export declare const now: Date;
export declare const id: string;
export declare function countParked(reader: Reader): Promise<Omit<DataOf<typeof DeadLettersCounted>, 'at'>>;
