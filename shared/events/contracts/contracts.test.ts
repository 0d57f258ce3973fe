import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../define-event.ts';
import { seal } from '../seal.ts';
import * as catalog from './catalog.ts';
import { examples } from './contracts.examples.ts';
import * as identity from './identity.ts';
import * as inventory from './inventory.ts';
import * as notifications from './notifications.ts';
import * as orders from './orders.ts';
import * as platform from './platform.ts';

/** What readers of the bus rely on, by type: the topic, what the event is about, and what it is in order with. */
const promised: Readonly<Record<string, readonly [topic: string, subject: string, partitionKey: string]>> = {
  'product.created': ['catalog-events', 'product/product-1', 'product-1'],
  'product.updated': ['catalog-events', 'product/product-1', 'product-1'],
  'product.archived': ['catalog-events', 'product/product-1', 'product-1'],
  'user.created': ['identity-events', 'user/user-1', 'user-1'],
  'user.updated': ['identity-events', 'user/user-1', 'user-1'],
  'user.deleted': ['identity-events', 'user/user-1', 'user-1'],
  'user.login': ['identity-events', 'sessions/user-1', 'user-1'],
  'user.token.refreshed': ['identity-events', 'sessions/user-1', 'user-1'],
  'user.logout': ['identity-events', 'sessions/user-1', 'user-1'],
  'security.event': ['platform-events', 'sessions/user-1', 'sessions/user-1'],
  'order.created': ['order-events', 'order/order-1', 'main'],
  'order.status.changed': ['order-events', 'order/order-1', 'main'],
  'order.updated': ['order-events', 'order/order-1', 'main'],
  'order.cancelled': ['order-events', 'order/order-1', 'main'],
  'inventory.stock.updated': ['inventory-events', 'stock/main/ITEM-001', 'main/ITEM-001'],
  'inventory.stock.warning': ['inventory-events', 'stock/main/ITEM-001', 'main/ITEM-001'],
  'inventory.stock.normalized': ['inventory-events', 'stock/main/ITEM-001', 'main/ITEM-001'],
  'inventory.stock.depleted': ['inventory-events', 'stock/main/ITEM-001', 'main/ITEM-001'],
  'inventory.stock.reserved': ['inventory-events', 'reservation/order-1', 'order-1'],
  'inventory.reservation.failed': ['inventory-events', 'reservation/order-1', 'order-1'],
  'inventory.stock.released': ['inventory-events', 'reservation/order-1', 'order-1'],
  'inventory.stock.shipped': ['inventory-events', 'reservation/order-1', 'order-1'],
  'notification.read': ['notification-events', 'notification/notice-1', 'CUST-123'],
  'notification.sent': ['notification-events', 'notification/notice-1', 'CUST-123'],
};

const isContract = (exported: unknown): exported is EventDefinition =>
  typeof exported === 'function' && 'partitionKeyOf' in exported;
const contracts = [catalog, identity, inventory, notifications, orders, platform].flatMap((module) =>
  Object.values<unknown>(module).filter(isContract),
);

const occurrence = {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'tests',
  sequence: 1,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'main', correlationId: 'c' },
};

describe('every contract', () => {
  it('has an example and a promise here', () => {
    const types = contracts.map(({ type }) => type).toSorted();
    expect(examples.map(({ type }) => type).toSorted()).toEqual(types);
    expect(Object.keys(promised).toSorted()).toEqual(types);
  });

  it.each(examples)('keeps its topic, subject and key: $type', (event) => {
    const { subject, partitionkey } = seal(event, occurrence);
    expect([event.definition.topic, subject, partitionkey]).toEqual(promised[event.type]);
  });

  it.each(examples)('reads what it wrote, through JSON: $type', ({ data, definition }) => {
    expect(definition.read(JSON.parse(JSON.stringify(data)), definition.version)).toMatchObject({
      success: true,
      data,
    });
  });
});

describe('names that become part of document ids', () => {
  it.each(['a/b', 'a\\b', 'a?b', 'a#b', '', 'a'.repeat(65)])('refuse what an id may not contain: %j', (sku) => {
    const event = catalog.ProductArchived({ productId: 'p', sku });
    expect(() => seal(event, occurrence)).toThrow('a SKU is 1 to 64');
  });
});
