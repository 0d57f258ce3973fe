import { deadline } from '../../../shared/capabilities/deadline.ts';
import { later } from '../../../shared/clock.ts';
import { longestAccessTokenMs, rememberedSeconds } from '../../../shared/settings/retention.ts';
import { forget, Order, orderBoundary } from '../order/order.ts';
import { ordersOf, ordersOfCustomer } from '../order/order-timelines.ts';
import { Erasure } from './erasure.ts';

const ordersAtOnce = 20;

/**
 * Erases delivery address and note from the orders of somebody who is gone, a page at a visit, and answers to requests that
 * repeat them. Once more when no access token of theirs can be good any longer: until then they may still change an order,
 * and an order may have come into the list late.
 */
export const eraseOrderDetails = deadline({
  name: 'erase-order-details',
  on: Erasure,
  async handle(erasure, _, { now, reader, unitOfWork }) {
    const { customerId, continuation: from, isLastRound } = erasure.state;
    const paging = { limit: ordersAtOnce, continuation: from };
    const { items, continuation } = await ordersOfCustomer.list(reader, ordersOf(customerId), paging);
    for (const { state } of items) {
      const work = unitOfWork(orderBoundary(state.orderId));
      const order = await work.load(Order, state.orderId);
      await work.erase({ except: [Order] });
      order.record(forget(order.state));
    }
    if (continuation !== undefined) erasure.put({ customerId, isLastRound, continuation, dueAt: now.toISOString() });
    else if (isLastRound) erasure.put({ customerId, isLastRound, ttl: rememberedSeconds });
    else erasure.put({ customerId, isLastRound: true, dueAt: later(now, longestAccessTokenMs) });
  },
});
