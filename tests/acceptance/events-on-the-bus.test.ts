import { Kafka } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver, ObservedEvent } from '../rigs/clients/bus-observer.ts';
import type { Order, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { EnvelopeOnTheBus } from './envelope.ts';
import { openShop, sharedStack } from './open-shop.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const topics = ['catalog-events', 'order-events', 'inventory-events', 'notification-events'];

/** One product, an order that is confirmed and then cancelled, an order that is rejected: every event of the flow. */
let shop: Shop;
let bus: BusObserver;
let confirmed: Order;
let rejected: Order;
let events: readonly ObservedEvent[];

beforeAll(async () => {
  shop = openShop();
  bus = await sharedStack().observe(...topics);
  const { sku } = await shop.sell({ quantity: 4 });
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  confirmed = await shop.order({ [sku]: 4 }, { customerId: 'ann' }, { headers });
  await shop.decided(confirmed.id);
  rejected = await shop.order({ [sku]: 1 }, { customerId: 'bob', location: 'main' });
  await shop.decided(rejected.id);
  bodyOf(await (await shop.as('sales')).post(`/api/v1/orders/${confirmed.id}/cancel`), 200);
  await eventually(() => {
    // Who calls the API here has registered, and is welcome: that is not of the flow.
    const ours = bus.events().filter(({ envelope }) => envelope.tenantid === shop.tenant);
    events = ours.filter(({ envelope }) => Object(envelope.data).template !== 'welcome');
    expect(typesOf(events)).toEqual(wholeFlow);
  });
});
afterAll(() => bus.close());

/** Each event of the flow with how often it happens in it. */
const wholeFlow = {
  'product.created': 1,
  'order.created': 2,
  'order.status.changed': 3,
  'order.cancelled': 1,
  'inventory.stock.updated': 3,
  'inventory.stock.normalized': 1,
  'inventory.stock.depleted': 1,
  'inventory.stock.reserved': 1,
  'inventory.reservation.failed': 1,
  'inventory.stock.released': 1,
  'notification.sent': 3,
  'email.requested': 2,
  'notification.failed': 2,
};

describe('every event on the bus', () => {
  it('an event is a CloudEvent with our extension attributes and nothing else', () => {
    for (const { value } of events) {
      const { error } = EnvelopeOnTheBus.safeParse(JSON.parse(value));
      expect(error, value).toBeUndefined();
    }
  });

  it('an event has its id, type and traceparent as headers, too, and says in which form it is', () => {
    for (const { envelope, headers } of events) {
      const { id, type, traceparent } = envelope;
      expect(headers).toEqual({ 'content-type': 'application/cloudevents+json', id, type, traceparent });
    }
  });

  it('an event is read by the SDK of CloudEvents', () => {
    for (const { envelope, headers, value, key = '' } of events) {
      const message = { headers, key, value, body: value, timestamp: envelope.time };
      const read = Kafka.toEvent(message);
      // It takes the key of the message for the partition key; ours is within its tenant.
      expect(JSON.parse(JSON.stringify(read))).toEqual({ ...JSON.parse(value), partitionkey: key });
    }
  });

  it('an event names its type in its dataschema, and its service as source', () => {
    const services: Record<string, string> = {
      product: 'catalog',
      order: 'orders',
      notification: 'notifications',
      email: 'notifications',
    };
    for (const { envelope } of events) {
      const { type, dataschema, source } = envelope;
      expect(dataschema).toMatch(new RegExp(`^urn:lagerhaus:${type}:\\d+$`));
      expect(source).toBe(`/services/${services[type.split('.')[0] ?? ''] ?? 'inventory'}`);
    }
  });

  it('an event is on the topic of its domain, keyed by its tenant and the partition key of its type', () => {
    for (const { envelope, topic, key } of events) {
      const data = EnvelopeOnTheBus.parse(envelope).data;
      const [expectedTopic, expectedKey] = placeOf(envelope.type, data);
      expect([envelope.type, topic, envelope.partitionkey]).toEqual([envelope.type, expectedTopic, expectedKey]);
      expect(key).toBe(`${envelope.tenantid}/${expectedKey}`);
    }
  });

  it('the events of a subject are numbered from 1 without gaps, and arrive in that order', () => {
    for (const [subject, ofSubject] of Map.groupBy(events, ({ envelope }) => envelope.subject)) {
      const sequences = ofSubject.map(({ envelope }) => envelope.sequence);
      expect([subject, sequences]).toEqual([subject, ofSubject.map((_, index) => index + 1)]);
    }
  });

  it('an event has a unique id', () => {
    expect(new Set(events.map(({ envelope }) => envelope.id)).size).toBe(events.length);
  });
});

describe('the events that follow from one request', () => {
  /** All that came of placing the order, without what came of cancelling it later. */
  const sagaOf = (order: Order) => {
    const created = only('order.created', order.id);
    return events.filter(({ envelope }) => envelope.correlationid === created.envelope.correlationid);
  };

  it('every event that follows from a request has its trace id as correlation id, in all services', () => {
    expect(typesOf(sagaOf(confirmed))).toEqual({
      'order.created': 1,
      'inventory.stock.reserved': 1,
      'inventory.stock.updated': 1,
      'inventory.stock.depleted': 1,
      'order.status.changed': 1,
      'notification.sent': 1,
      'email.requested': 1,
    });
    for (const { envelope } of sagaOf(confirmed)) {
      expect(envelope.correlationid).toBe(traceId);
      expect(envelope.traceparent).toMatch(new RegExp(`^00-${traceId}-`));
    }
  });

  it('the events of one request have another correlation id than those of another request', () => {
    expect(typesOf(sagaOf(rejected))).toEqual({
      'order.created': 1,
      'inventory.reservation.failed': 1,
      'order.status.changed': 1,
      'notification.sent': 1,
      'email.requested': 1,
    });
  });

  it('the causation ids lead from each event back to the request', () => {
    const causes = (order: Order) => {
      const saga = sagaOf(order);
      const typeOf = new Map(saga.map(({ envelope }) => [envelope.id, envelope.type]));
      return Object.fromEntries(
        saga.map(({ envelope }) => [envelope.type, typeOf.get(String(envelope.causationid)) ?? 'a request']),
      );
    };
    expect(causes(confirmed)).toEqual({
      'order.created': 'a request',
      'inventory.stock.reserved': 'order.created',
      'inventory.stock.updated': 'order.created',
      'inventory.stock.depleted': 'order.created',
      'order.status.changed': 'inventory.stock.reserved',
      'notification.sent': 'order.status.changed',
      'email.requested': 'order.status.changed',
    });
  });
});

function only(type: string, orderId: string): ObservedEvent {
  const [first, ...others] = events.filter(
    ({ envelope }) => envelope.type === type && envelope.subject.endsWith(`/${orderId}`),
  );
  if (first === undefined || others.length > 0) throw new Error(`there is not exactly one ${type} of order ${orderId}`);
  return first;
}

function typesOf(some: readonly ObservedEvent[]): Record<string, number> {
  const byType = Map.groupBy(some, ({ envelope }) => envelope.type);
  return Object.fromEntries([...byType].map(([type, ofType]) => [type, ofType.length]));
}

/** Topic and key of an event: DOMAIN, "Topics". */
function placeOf(type: string, data: Readonly<Record<string, unknown>>): readonly [string, unknown] {
  if (type.startsWith('product.')) return ['catalog-events', data.productId];
  if (type.startsWith('order.')) return ['order-events', data.location];
  if (/^(notification|email)\./.test(type)) return ['notification-events', data.recipientId];
  return [
    'inventory-events',
    data.orderId !== undefined && data.itemId === undefined ? data.orderId : `${data.location}/${data.itemId}`,
  ];
}
