import { z } from 'zod';
import { decidedLater } from '../../../shared/capabilities/endpoints/decided-later.ts';
import { CustomerId, Location, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { Money, Total } from '../../../shared/money.ts';
import type { Reader, Seen } from '../../../shared/persistence/reading/reader.ts';
import { Order, type OrderState, orderBoundary } from './order.ts';
import { detailsOf, OrderDetails, type OrderDetailsState } from './order-details.ts';

/** An order as its readers see it. */
export const OrderView = z
  .object({
    id: z.uuid(),
    customerId: CustomerId,
    status: OrderStatus,
    items: z.array(
      z.object({
        itemId: Sku,
        quantity: Quantity,
        unitPrice: Money.describe('Price of one piece when it was ordered'),
      }),
    ),
    totalAmount: Total.describe('What the items come to'),
    location: Location,
    placedAt: z.iso.datetime(),
    reason: z.string().optional().describe('Why it is rejected or cancelled'),
    deliveryAddress: z.string().optional(),
    note: z.string().optional(),
    version: z.int().describe('Counts the changes; the `ETag`'),
  })
  .meta({
    id: 'Order',
    description: 'An order; whether its stock could be reserved shows in its status within moments',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      customerId: 'CUST-123',
      status: 'confirmed',
      items: [{ itemId: 'ITEM-001', quantity: 2, unitPrice: 50 }],
      totalAmount: 100,
      location: 'main',
      placedAt: '2026-11-23T16:40:20.127Z',
      version: 2,
    },
  });
export type OrderView = z.output<typeof OrderView>;

interface Shown {
  readonly state: OrderState;
  readonly version: number;
  /** What is written about it; where nothing is kept, nothing. */
  readonly beside?: OrderDetailsState | undefined;
}

export function viewOf({ state, version, beside }: Shown): OrderView {
  const { orderId, lines, dueAt: _, hasDetails: __, reason, ...order } = state;
  const told = reason === undefined ? undefined : (inWords[reason] ?? reason);
  return {
    id: orderId,
    items: lines,
    ...order,
    ...(told === undefined ? {} : { reason: told }),
    ...detailsOf(state, beside),
    version,
  };
}

/** What is shown of a cancellation where nobody wrote why, or who did is gone. */
const inWords: Readonly<Record<string, string>> = {
  'by-customer': 'cancelled by the customer',
  'by-staff': 'cancelled by the shop',
};

/** An order that was read, with what is written about it: read after it, so that it is at least as new. */
export async function viewWithDetails(reader: Reader, { id, state, version }: Seen<OrderState>): Promise<OrderView> {
  if (state.hasDetails === false) return viewOf({ state, version });
  const details = await reader.read(OrderDetails, { boundary: orderBoundary(id), id });
  return viewOf({ state, version, beside: details?.state });
}

/** An order that waits for its stock is decided later: confirmed, rejected or cancelled. */
export const onceItsStockIsKnown = decidedLater({
  of: Order,
  at: ({ id }: OrderView) => ({ boundary: orderBoundary(id), id }),
  isDecided: ({ status }) => status !== 'pending',
  show: viewWithDetails,
});
