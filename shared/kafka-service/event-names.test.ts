import { describe, expect, it } from 'vitest';
import { knownEvents } from '../events/registry.ts';
import { topics } from '../events/topics.ts';
import { eventNamed, KAFKA_TOPICS, placeOf, UnknownNameError } from './event-names.ts';

describe('an event name', () => {
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
  ])('the event name %s means %s on %s', (name, type, topic) => {
    expect(placeOf(name)).toEqual({ type, topic });
    expect(eventNamed(name).type).toBe(type);
  });

  it('every event has a constant as a name', () => {
    expect(new Set(Object.values(KAFKA_TOPICS))).toEqual(new Set(knownEvents.map(({ type }) => type)));
    for (const [constant, type] of Object.entries(KAFKA_TOPICS)) expect(placeOf(constant).type).toBe(type);
    expect(KAFKA_TOPICS.ORDER_STATUS_CHANGED).toBe('order.status.changed');
  });

  it('an unknown event name is refused', () => {
    expect(() => placeOf('order.creatd')).toThrow(UnknownNameError);
    expect(() => eventNamed('toString')).toThrow("there is no event or topic 'toString'");
  });
});

describe('a topic name', () => {
  it.each(topics)('the topic name %s means all of its events', (topic) => {
    expect(placeOf(topic)).toEqual({ topic, type: undefined });
  });

  it('a topic name is refused as the type of a new event', () => {
    expect(() => eventNamed('order-events')).toThrow(UnknownNameError);
  });
});
