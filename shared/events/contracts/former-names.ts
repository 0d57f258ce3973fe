import type { EventTypeName } from '../registry.ts';

/** Constants of the systems replaced whose event has another name here. */
export const formerConstants = {
  INVENTORY_RESERVED: 'inventory.stock.reserved',
  INVENTORY_INSUFFICIENT: 'inventory.reservation.failed',
  STOCK_UPDATED: 'inventory.stock.updated',
} as const satisfies Readonly<Record<string, EventTypeName>>;

/** Names of the systems replaced, besides the constants. */
export const formerNames: Readonly<Record<string, EventTypeName>> = {
  'order.placed': 'order.created',
  OrderCreatedIntegrationEvent: 'order.created',
  OrderStatusChangedIntegrationEvent: 'order.status.changed',
  OrderCancelledIntegrationEvent: 'order.cancelled',
  StockReservedIntegrationEvent: 'inventory.stock.reserved',
  ReservationFailedIntegrationEvent: 'inventory.reservation.failed',
  'stock.updated': 'inventory.stock.updated',
  'stock-updated': 'inventory.stock.updated',
  StockLevelWarningIntegrationEvent: 'inventory.stock.warning',
  StockLevelNormalizedIntegrationEvent: 'inventory.stock.normalized',
  StockLevelDepletedIntegrationEvent: 'inventory.stock.depleted',
  product_created: 'product.created',
  'product-topic': 'product.created',
  'pos-transaction': 'pos.transaction',
  'purchase-order': 'purchase.order.created',
};
