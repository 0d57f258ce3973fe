import {
  ReservationFailed,
  StockDepleted,
  StockNormalized,
  StockReleased,
  StockReserved,
  StockShipped,
  StockUpdated,
  StockWarning,
} from '../../shared/events/contracts/inventory.ts';
import type { EventExample } from '../../shared/events/event-example.ts';

const stock = { itemId: 'ITEM-001', location: 'main', available: 48, reorderPoint: 5 };
const reservation = { orderId: 'order-1', location: 'main' };
const lines = [{ itemId: 'ITEM-001', quantity: 2 }];

/** One event of each contract that this service tells. */
export const inventoryExamples: readonly EventExample[] = [
  {
    event: StockUpdated({
      ...stock,
      onHand: 50,
      reserved: 2,
      reason: 'sold',
      shortage: 1,
      reference: 'sale/sale-1',
    }),
    promise: { topic: 'inventory-events', subject: 'stock/main/ITEM-001', key: 'main/ITEM-001' },
  },
  {
    event: StockWarning(stock),
    promise: { topic: 'inventory-events', subject: 'stock/main/ITEM-001', key: 'main/ITEM-001' },
  },
  {
    event: StockNormalized(stock),
    promise: { topic: 'inventory-events', subject: 'stock/main/ITEM-001', key: 'main/ITEM-001' },
  },
  {
    event: StockDepleted({ ...stock, available: 0 }),
    promise: { topic: 'inventory-events', subject: 'stock/main/ITEM-001', key: 'main/ITEM-001' },
  },
  {
    event: StockReserved({ ...reservation, lines }),
    promise: { topic: 'inventory-events', subject: 'reservation/order-1', key: 'order-1' },
  },
  {
    event: ReservationFailed({
      ...reservation,
      reason: 'insufficient-stock',
      shortages: [{ itemId: 'ITEM-001', requested: 100, available: 48 }],
    }),
    promise: { topic: 'inventory-events', subject: 'reservation/order-1', key: 'order-1' },
  },
  {
    event: StockReleased({ ...reservation, lines: [] }),
    promise: { topic: 'inventory-events', subject: 'reservation/order-1', key: 'order-1' },
  },
  {
    event: StockShipped({ ...reservation, lines }),
    promise: { topic: 'inventory-events', subject: 'reservation/order-1', key: 'order-1' },
  },
];
