import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { later } from '../../../shared/clock.ts';
import { CustomerId, Location, nameable, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { created } from '../../../shared/http/answer.ts';
import { rejectContent } from '../../../shared/model/rejection.ts';
import { Total } from '../../../shared/money.ts';
import { Duration } from '../../../shared/settings/duration.ts';
import { refuseUnfillable } from '../availability/availability.ts';
import { mainLocation, refuseUnknownLocation } from '../location/known-location.ts';
import { countOpenOrder } from '../open-orders/count-open-order.ts';
import { isLimited, openOrdersBoundary } from '../open-orders/open-orders.ts';
import { priced } from '../price-list/price.ts';
import { orderSettings } from '../settings.ts';
import { refuseBlocked } from '../standing/customer-standing.ts';
import { tenantOrders } from '../tenant-orders.ts';
import { customerFor, refuseUnverified } from './access.ts';
import { Order, orderBoundary, place } from './order.ts';
import { OrderView, onceItsStockIsKnown, viewOf } from './order-view.ts';

const PlaceOrder = z
  .strictObject({
    customerId: nameable(CustomerId).optional().describe('For whom; a customer leaves it out'),
    items: z
      .array(z.strictObject({ itemId: Sku, quantity: Quantity }))
      .min(1)
      .max(50)
      .refine((items) => new Set(items.map(({ itemId }) => itemId)).size === items.length, {
        error: 'names an item twice: add up its quantities',
      }),
    totalAmount: Total.optional().describe(
      'What you expect to pay: another total is refused. Left out, the prices count that orders know by now; they follow the catalog within moments',
    ),
    location: nameable(Location).default(mainLocation),
  })
  .meta({
    id: 'PlaceOrder',
    example: {
      customerId: 'CUST-123',
      items: [
        { itemId: 'ITEM-001', quantity: 2 },
        { itemId: 'ITEM-002', quantity: 5 },
      ],
      totalAmount: 2500,
    },
  });

/** No commit is begun after a request's time is up, and none takes longer than this. */
const longestCommitMs = 5 * 60_000;

/**
 * Two commits, where somebody orders for themselves: the order is counted among those that they have open, then it is placed.
 * What a crash leaves in between is counted for some minutes more, until it is found that the order has not come.
 */
export const placeOrder = endpoint({
  name: 'place-order',
  summary: 'Places an order; whether its stock could be reserved shows in its status within moments',
  method: 'POST',
  route: 'orders',
  roles: ['customer', 'sales'],
  forOthers: ['sales'],
  body: PlaceOrder,
  answers: { 201: OrderView },
  decidedLater: onceItsStockIsKnown,
  decidedBy: {
    consumers: ['inventory-on-order-events', 'orders-on-inventory-events'],
    keyOf: ({ location }) => location,
  },
  headers: ['etag'],
  problems: [
    'customer-missing',
    'email-unverified',
    'unknown-item',
    'item-archived',
    'unknown-location',
    'total-mismatch',
    'total-too-large',
    'insufficient-stock',
    'customer-blocked',
    'too-many-open-orders',
    'already-exists',
  ],
  async handle({ body, unitOfWork, reader, newId, now, settings, lookup, ...context }) {
    const own = orderSettings.of(settings);
    const customerId = customerFor(context, body.customerId);
    if (customerId === undefined) throw rejectContent('customer-missing', 'say for whom: customerId');
    if (context.isForOneself) await refuseUnverified(customerId, lookup);
    const [lines, tenant] = await Promise.all([
      priced(reader, body.items),
      tenantOrders.of(reader, settings),
      refuseUnknownLocation(reader, body.location),
      refuseBlocked(reader, customerId),
    ]);
    if (own.ORDER_STOCK_CHECK === 'strict') await refuseUnfillable(reader, body);
    const orderId = newId();
    const most = { orders: own.ORDERS_OPEN_MAX, pieces: own.ORDER_PIECES_MAX };
    if (context.isForOneself && isLimited(most))
      await countOpenOrder(unitOfWork(openOrdersBoundary(customerId)), {
        orderId,
        pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
        dueAt: later(now, settings.REQUEST_TIMEOUT + longestCommitMs),
        most,
      });
    const order = await unitOfWork(orderBoundary(orderId)).expectNew(Order, orderId);
    order.record(
      place({
        orderId,
        customerId,
        location: body.location,
        lines,
        expectedTotal: body.totalAmount,
        placedAt: now.toISOString(),
        expiresAt: later(now, Duration.parse(tenant.orders.timeout)),
      }),
    );
    return created(`/api/v1/orders/${orderId}`, viewOf(order), order.version);
  },
});
