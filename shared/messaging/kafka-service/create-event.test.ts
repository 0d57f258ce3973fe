import { describe, expect, it } from 'vitest';
import { anOrderCreated } from '../../events/contracts/contracts.examples.ts';
import { Envelope } from '../../events/envelope.ts';
import { createEvent } from './create-event.ts';
import { InvalidEvent } from './invalid-event.ts';

const from = { tenantId: 'acme', source: 'pos' };

describe('an event that a program makes', () => {
  it('is a CloudEvent that says where it comes from', () => {
    const event = createEvent('user.created', { userId: 'u1', email: 'ann@example.com' }, from);
    expect(Envelope.parse(event)).toMatchObject({
      type: 'user.created',
      source: 'pos',
      tenantid: 'acme',
      subject: 'user/u1',
      partitionkey: 'u1',
      sequence: 1,
      dataschema: 'urn:lagerhaus:user.created:1',
      data: { userId: 'u1', email: 'ann@example.com' },
    });
  });

  it('is the same under its constant and under the name it had elsewhere', () => {
    const given = { ...from, id: '0193a0b0-0000-7000-8000-000000000001', time: '2026-11-22T10:00:00.000Z' };
    const events = ['order.created', 'ORDER_CREATED', 'order.placed', 'OrderCreatedIntegrationEvent'].map((name) =>
      createEvent(name, anOrderCreated.data, { ...given, correlationId: 'c' }),
    );
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
  });

  it('has an id and a correlation of its own unless it is given them', () => {
    const [one, two] = [createEvent('USER_LOGIN', {}, from), createEvent('USER_LOGIN', {}, from)];
    expect(one.id).not.toBe(two.id);
    expect(one.correlationid).not.toBe(two.correlationid);
    const told = createEvent('USER_LOGIN', {}, { ...from, correlationId: one.correlationid, causationId: one.id });
    expect(told).toMatchObject({ correlationid: one.correlationid, causationid: one.id });
  });

  it('belongs to the main tenant where none is named', () => {
    expect(createEvent('USER_LOGIN', {}, { source: 'pos' }).tenantid).toBe('main');
  });

  it('is held to the contract of its type', () => {
    expect(() => createEvent('order.created', { ...anOrderCreated.data, lines: [] }, from)).toThrow(
      /contract of order\.created: lines: /,
    );
    expect(() => createEvent('user.created', 'ann', from)).toThrow(InvalidEvent);
  });
});
