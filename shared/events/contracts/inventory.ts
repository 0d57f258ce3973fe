import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { Location, Quantity, Sku } from './identifiers.ts';

const stock = { itemId: Sku, location: Location };
const level = { ...stock, available: z.int().nonnegative(), reorderPoint: z.int().nonnegative() };
const ofStock = {
  subject: ({ location, itemId }: { location: string; itemId: string }) => `stock/${location}/${itemId}`,
  partitionKey: ({ location, itemId }: { location: string; itemId: string }) => `${location}/${itemId}`,
};
const reservation = { orderId: z.string().min(1), location: Location };
const ofReservation = {
  subject: ({ orderId }: { orderId: string }) => `reservation/${orderId}`,
  partitionKey: ({ orderId }: { orderId: string }) => orderId,
};

export const ReservedLine = z.object({ itemId: Sku, quantity: Quantity });
export type ReservedLine = z.infer<typeof ReservedLine>;

/** An item that there is too little of. */
export const Shortage = z.object({ itemId: Sku, requested: z.int().positive(), available: z.int().nonnegative() });
export type Shortage = z.infer<typeof Shortage>;

export const StockUpdated = defineEvent({
  type: 'inventory.stock.updated',
  version: 2,
  topic: 'inventory-events',
  description: 'The stock of an item at a location changed; carries the state after the change.',
  data: z.object({
    ...level,
    onHand: z.int().nonnegative(),
    reserved: z.int().nonnegative(),
    reason: z.string(),
    orderId: z.string().optional(),
    /** How many pieces have left beyond those that there were thought to be. */
    shortage: z.int().positive().optional(),
    /** What else it follows from: `sale/{id}`, `purchase-order/{id}`, `transfer/{id}`. */
    reference: z
      .string()
      .regex(/^[a-z-]+\/[A-Za-z0-9._-]+$/)
      .optional(),
  }),
  // The second version may say more, and need not.
  upcasters: { 1: (data) => data },
  ...ofStock,
});

export const StockWarning = defineEvent({
  type: 'inventory.stock.warning',
  version: 1,
  topic: 'inventory-events',
  description: 'What is available fell to the reorder point or below; once per crossing.',
  data: z.object(level),
  ...ofStock,
});

export const StockNormalized = defineEvent({
  type: 'inventory.stock.normalized',
  version: 1,
  topic: 'inventory-events',
  description: 'What is available rose above the reorder point again; once per crossing.',
  data: z.object(level),
  ...ofStock,
});

export const StockDepleted = defineEvent({
  type: 'inventory.stock.depleted',
  version: 1,
  topic: 'inventory-events',
  description: 'Nothing is available any more; once per crossing.',
  data: z.object(level),
  ...ofStock,
});

export const StockReserved = defineEvent({
  type: 'inventory.stock.reserved',
  version: 1,
  topic: 'inventory-events',
  description: 'Every line of an order is held for it.',
  data: z.object({ ...reservation, lines: z.array(ReservedLine).min(1) }),
  ...ofReservation,
});

export const ReservationFailed = defineEvent({
  type: 'inventory.reservation.failed',
  version: 1,
  topic: 'inventory-events',
  description: 'An order could not be held as a whole, so nothing of it is held.',
  data: z.object({ ...reservation, reason: z.string(), shortages: z.array(Shortage).min(1) }),
  ...ofReservation,
});

export const StockReleased = defineEvent({
  type: 'inventory.stock.released',
  version: 1,
  topic: 'inventory-events',
  description: 'What was held for an order is free again; without lines where the cancellation overtook its order.',
  data: z.object({ ...reservation, lines: z.array(ReservedLine) }),
  ...ofReservation,
});

export const StockShipped = defineEvent({
  type: 'inventory.stock.shipped',
  version: 1,
  topic: 'inventory-events',
  description: 'What was held for an order has left the location.',
  data: z.object({ ...reservation, lines: z.array(ReservedLine).min(1) }),
  ...ofReservation,
});
