import { defineService } from '../../shared/capabilities/define-service.ts';
import { followAvailability } from './availability/follow-availability.ts';
import { orderExamples } from './examples.ts';
import { followLocations } from './location/follow-locations.ts';
import { checkOpenOrder } from './open-orders/check-open-order.ts';
import { discountClosedOrder } from './open-orders/discount-closed-order.ts';
import { addressOfOrder } from './order/address-of-order.ts';
import { cancelOrder } from './order/cancel-order.ts';
import { confirmOrder } from './order/confirm-order.ts';
import { deliverOrder } from './order/deliver-order.ts';
import { expireOrder } from './order/expire-order.ts';
import { forgetCustomer, forgetDeletedCustomer } from './order/forget-customer.ts';
import { getOrder } from './order/get-order.ts';
import { listOrders } from './order/list-orders.ts';
import { listOrdersOfOneCustomer } from './order/list-orders-of-one-customer.ts';
import { ordersByDay, ordersOfCustomer } from './order/order-lists.ts';
import { placeOrder } from './order/place-order.ts';
import { rejectOrder } from './order/reject-order.ts';
import { shipOrder } from './order/ship-order.ts';
import { updateOrder } from './order/update-order.ts';
import { followPrices } from './price-list/follow-prices.ts';
import { orderProblems } from './problems.ts';
import { orderSettings } from './settings.ts';
import { followStanding } from './standing/follow-standing.ts';
import { tenantOrders } from './tenant-orders.ts';

/** The order is its own process manager. */
export const orders = defineService({
  name: 'orders',
  summary: 'Orders, from pending to delivered, rejected or cancelled.',
  problems: orderProblems,
  settings: orderSettings,
  examples: orderExamples,
  capabilities: [
    placeOrder,
    getOrder,
    listOrders,
    listOrdersOfOneCustomer,
    updateOrder,
    cancelOrder,
    shipOrder,
    deliverOrder,
    confirmOrder,
    rejectOrder,
    expireOrder,
    discountClosedOrder,
    checkOpenOrder,
    forgetCustomer,
    forgetDeletedCustomer,
    followPrices,
    followAvailability,
    followLocations,
    followStanding,
    ordersByDay,
    ordersOfCustomer,
    addressOfOrder,
    tenantOrders,
  ],
});
