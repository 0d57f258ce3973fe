import { defineService } from '../../shared/capabilities/define-service.ts';
import { cancelOrder } from './cancel-order.ts';
import { confirmOrder } from './confirm-order.ts';
import { deliverOrder } from './deliver-order.ts';
import { eraseOrderDetails } from './erase-order-details.ts';
import { expireOrder } from './expire-order.ts';
import { followAvailability } from './follow-availability.ts';
import { followPrices } from './follow-prices.ts';
import { forgetCustomer } from './forget-customer.ts';
import { getOrder } from './get-order.ts';
import { listOrders } from './list-orders.ts';
import { listOrdersOfOneCustomer } from './list-orders-of-one-customer.ts';
import { ordersByDay, ordersOfCustomer } from './order-timelines.ts';
import { placeOrder } from './place-order.ts';
import { rejectOrder } from './reject-order.ts';
import { shipOrder } from './ship-order.ts';
import { updateOrder } from './update-order.ts';

/** The order is its own process manager. */
export const orders = defineService({
  name: 'orders',
  summary: 'Orders, from pending to delivered, rejected or cancelled.',
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
    forgetCustomer,
    eraseOrderDetails,
    followPrices,
    followAvailability,
    ordersByDay,
    ordersOfCustomer,
  ],
});
