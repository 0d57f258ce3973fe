import { describe, expect, it } from 'vitest';
import { anOrderCreated } from './contracts/contracts.examples.ts';
import { OrderCreated } from './contracts/orders.ts';
import { Envelope } from './envelope.ts';
import { headersOf } from './message-headers.ts';
import { type Occurrence, seal } from './seal.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const occurrence: Occurrence = {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'orders',
  sequence: 3,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'acme', correlationId: 'request-1', causationId: 'event-1', traceparent },
};

describe('sealing an event', () => {
  it('a sealed event is a CloudEvent with source, time, sequence and cause', () => {
    const { data, ...envelope } = seal(anOrderCreated, occurrence);
    expect(data).toEqual(anOrderCreated.data);
    expect(envelope).toEqual({
      specversion: '1.0',
      id: occurrence.id,
      type: 'order.created',
      source: '/services/orders',
      subject: 'order/order-1',
      time: occurrence.time,
      datacontenttype: 'application/json',
      dataschema: 'urn:lagerhaus:order.created:1',
      tenantid: 'acme',
      correlationid: 'request-1',
      causationid: 'event-1',
      partitionkey: 'main',
      sequence: 3,
      traceparent,
    });
  });

  it.each([
    '',
    'garbage',
    `${traceparent}-extra`,
    traceparent.toUpperCase(),
  ])('a sealed event leaves out the malformed traceparent %j, in the envelope and in the headers', (malformed) => {
    const cause = { ...occurrence.cause, traceparent: malformed };
    expect(seal(anOrderCreated, { ...occurrence, cause })).not.toHaveProperty('traceparent');
    const envelope = { ...seal(anOrderCreated, occurrence), traceparent: malformed };
    expect(headersOf(envelope)).not.toHaveProperty('traceparent');
  });

  it('every sealed event is accepted by a reader', () => {
    expect(Envelope.safeParse(JSON.parse(JSON.stringify(seal(anOrderCreated, occurrence)))).success).toBe(true);
  });

  it('data that break the contract cannot be sealed', () => {
    const broken = OrderCreated({ ...anOrderCreated.data, lines: [] });
    expect(() => seal(broken, occurrence)).toThrow('lines');
  });
});

describe('an event envelope', () => {
  const good = seal(anOrderCreated, occurrence);

  it.each([
    ['a traceparent that would make the host drop a batch', { traceparent: 'garbage' }],
    ['a traceparent of zeros', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    ['a schema of somebody else', { dataschema: 'https://example.com/schema' }],
    ['version 0', { dataschema: 'urn:lagerhaus:order.created:0' }],
    ['a sequence before the first', { sequence: 0 }],
    ['no tenant', { tenantid: '' }],
    ['a time without a zone', { time: '2026-11-22T10:00:00' }],
    ['another version of CloudEvents', { specversion: '0.3' }],
  ])('an envelope is refused with %s', (_, change) => {
    expect(Envelope.safeParse(good).success).toBe(true);
    expect(Envelope.safeParse({ ...good, ...change }).success).toBe(false);
  });

  it('an envelope gives its type, id and trace to tools in the message headers', () => {
    expect(headersOf(good)).toEqual({
      'content-type': 'application/cloudevents+json',
      type: 'order.created',
      id: occurrence.id,
      traceparent,
    });
    const { traceparent: _, ...untraced } = good;
    expect(headersOf(untraced)).toEqual({
      'content-type': 'application/cloudevents+json',
      type: 'order.created',
      id: occurrence.id,
    });
  });
});
