import type { Message } from 'kafkajs';
import { v7 } from 'uuid';
import type { Shop } from './shop.ts';

interface MadeUp {
  readonly type: string;
  readonly service: string;
  readonly subject: string;
  readonly key: string;
  readonly data: object;
  readonly version?: number;
  readonly sequence?: number;
}

/** A message as the product would send it, that the product has not sent. Partition 0, so that what is sent together arrives so. */
function messageOf(shop: Shop, { type, service, subject, key, data, version = 1, sequence = 1 }: MadeUp): Message {
  const id = v7();
  const envelope = {
    specversion: '1.0',
    id,
    type,
    source: `/services/${service}`,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:lagerhaus:${type}:${version}`,
    data,
    tenantid: shop.tenant,
    correlationid: id,
    partitionkey: key,
    sequence,
  };
  return { key: `${shop.tenant}/${key}`, value: JSON.stringify(envelope), headers: { type, id }, partition: 0 };
}

export interface ProductDetails {
  readonly productId?: string;
  readonly quantity?: number;
  /** Of the event's schema. */
  readonly version?: number;
}

/** Who reads a product that was created: one that none of them can take in makes a dead letter of each. */
export const readersOfProducts: readonly string[] = ['create-stock', 'follow-prices', 'follow-sales-prices'];

export function productCreated(
  shop: Shop,
  sku: string,
  { productId = v7(), quantity = 1, version = 2 }: ProductDetails = {},
): Message {
  const data = {
    productId,
    sku,
    name: sku,
    description: '',
    category: '',
    price: 100,
    quantity,
    createdAt: new Date().toISOString(),
  };
  return messageOf(shop, { type: 'product.created', ...productEvent(productId), data, version });
}

/** What comes last of a product that was created and never changed. */
export function productArchived(shop: Shop, sku: string, productId: string): Message {
  return messageOf(shop, {
    type: 'product.archived',
    ...productEvent(productId),
    data: { productId, sku },
    sequence: 2,
  });
}

/** Somebody who has registered, as far as anybody but identity knows. */
export function userCreated(shop: Shop, userId: string): Message {
  const data = { userId, roles: ['customer'], createdAt: new Date().toISOString() };
  return messageOf(shop, { type: 'user.created', service: 'identity', subject: `user/${userId}`, key: userId, data });
}

export interface OrderLine {
  readonly itemId: string;
  readonly quantity: number;
}

export function orderCreated(shop: Shop, orderId: string, lines: readonly OrderLine[]): Message {
  const data = {
    ...ofOrder(orderId),
    lines: lines.map((line) => ({ ...line, unitPrice: 100 })),
    totalAmount: lines.reduce((sum, { quantity }) => sum + 100 * quantity, 0),
    placedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  };
  return messageOf(shop, { type: 'order.created', ...orderEvent(orderId), data });
}

export function orderCancelled(shop: Shop, orderId: string): Message {
  const data = { ...ofOrder(orderId), reason: 'changed my mind' };
  return messageOf(shop, { type: 'order.cancelled', ...orderEvent(orderId), data });
}

/** A sale, a refund or a void at a till whose goods are at `main`. */
export function posTransaction(
  shop: Shop,
  kind: 'sale' | 'refund' | 'void',
  { saleId = v7(), itemId, quantity }: OrderLine & { readonly saleId?: string },
): Message {
  const data = {
    ...{ shopId: 'berlin', register: '1', sessionId: 'session-1', businessDay: '2026-11-22' },
    ...{ transactionId: v7(), kind, location: 'main', saleId, at: new Date().toISOString() },
    ...{ amount: 100, total: 100, rounding: 0, tax: [], payments: [{ method: 'cash', amount: 100 }] },
    lines: [{ itemId, quantity, restock: kind !== 'sale' }],
  };
  const about = { service: 'sales', subject: 'session/berlin/session-1', key: 'berlin' };
  return messageOf(shop, { type: 'pos.transaction', ...about, data, version: 2 });
}

const productEvent = (productId: string) => ({
  service: 'catalog',
  subject: `product/${productId}`,
  key: productId,
});
const ofOrder = (orderId: string) => ({ orderId, customerId: 'somebody', location: 'main' });
const orderEvent = (orderId: string) => ({ service: 'orders', subject: `order/${orderId}`, key: 'main' });

/** A service is not well, because the bus is not. */
export function serviceDegraded(shop: Shop, service: string): Message {
  const at = new Date().toISOString();
  const data = { service, from: 'ok', to: 'degraded', dependencies: { store: 'ok', bus: 'degraded' }, at };
  const about = { service: 'operations', subject: `service/${service}`, key: service };
  return messageOf(shop, { type: 'service.health', ...about, data, version: 2 });
}
