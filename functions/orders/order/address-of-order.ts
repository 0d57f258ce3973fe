import { answers } from '../../../shared/capabilities/answers.ts';
import { AddressOfOrder } from '../../../shared/lookups/address-of-order.ts';
import { Order, orderBoundary } from './order.ts';
import { detailsOf, OrderDetails } from './order-details.ts';

export const addressOfOrder = answers(AddressOfOrder, async ({ orderId }, { reader }) => {
  const address = { boundary: orderBoundary(orderId), id: orderId };
  const [order, details] = await Promise.all([reader.read(Order, address), reader.read(OrderDetails, address)]);
  if (order === undefined) return undefined;
  const { deliveryAddress } = detailsOf(order.state, details?.state);
  return deliveryAddress === undefined ? undefined : { deliveryAddress };
});
