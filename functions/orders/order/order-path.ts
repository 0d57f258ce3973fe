import { z } from 'zod';
import { Order, orderBoundary } from './order.ts';
import { OrderDetails } from './order-details.ts';
import { OrderView, viewOf } from './order-view.ts';

/** The path of a route about one order. */
export const OrderPath = z.object({ id: z.uuid() });
type OrderPath = z.infer<typeof OrderPath>;

/** What a command on that order decides on, and what it shows. */
export const ofOrderInPath = {
  params: OrderPath,
  of: Order,
  beside: OrderDetails,
  besideByDefault: {},
  at: ({ params: { id } }: { readonly params: OrderPath }) => ({ boundary: orderBoundary(id), id }),
  view: [OrderView, viewOf] as const,
};
