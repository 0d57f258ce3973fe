import { describe, expect, it } from 'vitest';
import { knownEvents } from '../events/registry.ts';
import { topics } from '../events/topics.ts';
import { eventNamed, KAFKA_TOPICS, placeOf, UnknownNameError } from './event-names.ts';

describe('the name of an event', () => {
  it.each([
    ['USER_CREATED', 'user.created', 'identity-events'],
    ['user.created', 'user.created', 'identity-events'],
    ['ORDER_CREATED', 'order.created', 'order-events'],
    ['order.placed', 'order.created', 'order-events'],
    ['OrderCreatedIntegrationEvent', 'order.created', 'order-events'],
    ['OrderStatusChangedIntegrationEvent', 'order.status.changed', 'order-events'],
    ['OrderCancelledIntegrationEvent', 'order.cancelled', 'order-events'],
    ['INVENTORY_RESERVED', 'inventory.stock.reserved', 'inventory-events'],
    ['StockReservedIntegrationEvent', 'inventory.stock.reserved', 'inventory-events'],
    ['INVENTORY_INSUFFICIENT', 'inventory.reservation.failed', 'inventory-events'],
    ['ReservationFailedIntegrationEvent', 'inventory.reservation.failed', 'inventory-events'],
    ['stock.updated', 'inventory.stock.updated', 'inventory-events'],
    ['stock-updated', 'inventory.stock.updated', 'inventory-events'],
    ['STOCK_UPDATED', 'inventory.stock.updated', 'inventory-events'],
    ['StockLevelWarningIntegrationEvent', 'inventory.stock.warning', 'inventory-events'],
    ['StockLevelNormalizedIntegrationEvent', 'inventory.stock.normalized', 'inventory-events'],
    ['StockLevelDepletedIntegrationEvent', 'inventory.stock.depleted', 'inventory-events'],
    ['product_created', 'product.created', 'catalog-events'],
    ['product-topic', 'product.created', 'catalog-events'],
    ['pos-transaction', 'pos.transaction', 'sales-events'],
    ['purchase-order', 'purchase.order.created', 'procurement-events'],
  ])('%s means %s on %s', (name, type, topic) => {
    expect(placeOf(name)).toEqual({ type, topic });
    expect(eventNamed(name).type).toBe(type);
  });

  it('has a constant for every event', () => {
    expect(new Set(Object.values(KAFKA_TOPICS))).toEqual(new Set(knownEvents.map(({ type }) => type)));
    for (const [constant, type] of Object.entries(KAFKA_TOPICS)) expect(placeOf(constant).type).toBe(type);
    expect(KAFKA_TOPICS.ORDER_STATUS_CHANGED).toBe('order.status.changed');
  });

  it('is refused where nothing has it', () => {
    expect(() => placeOf('order.creatd')).toThrow(UnknownNameError);
    expect(() => eventNamed('toString')).toThrow("there is no event or topic 'toString'");
  });
});

describe('the name of a topic', () => {
  it.each(topics)('means all events of %s', (topic) => {
    expect(placeOf(topic)).toEqual({ topic, type: undefined });
  });

  it('is no type to make an event of', () => {
    expect(() => eventNamed('order-events')).toThrow(UnknownNameError);
  });
});
