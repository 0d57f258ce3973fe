import { z } from 'zod';
import { CustomerId, Location, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { OrderStatus } from '../../../shared/events/contracts/orders.ts';
import { Money, Total } from '../../../shared/money.ts';
import type { OrderState } from './order.ts';

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

export function viewOf({ state, version }: { readonly state: OrderState; readonly version: number }): OrderView {
  const { orderId, lines, dueAt: _, ...order } = state;
  return { id: orderId, items: lines, ...order, version };
}
