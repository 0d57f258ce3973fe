import { z } from 'zod';
import { CustomerId, Location, Quantity, Sku } from '../../shared/events/contracts/identifiers.ts';
import { OrderStatus } from '../../shared/events/contracts/orders.ts';
import { Money } from '../../shared/money.ts';
import type { OrderState } from './order.ts';

/** An order as its readers see it. */
export const OrderView = z.object({
  id: z.string(),
  customerId: CustomerId,
  status: OrderStatus,
  items: z.array(z.object({ itemId: Sku, quantity: Quantity, unitPrice: Money })),
  totalAmount: Money,
  location: Location,
  placedAt: z.iso.datetime(),
  reason: z.string().optional(),
  deliveryAddress: z.string().optional(),
  note: z.string().optional(),
  version: z.int(),
});
export type OrderView = z.output<typeof OrderView>;

export function viewOf({ state, version }: { readonly state: OrderState; readonly version: number }): OrderView {
  const { orderId, lines, dueAt: _, ...order } = state;
  return { id: orderId, items: lines, ...order, version };
}
